/*  gongkai - the command line. */
#include "clients/gongkai/cli.h"

int main(int argc, char **argv)
{
    return gk_cli_main(argc, argv);
}

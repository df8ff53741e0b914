// How workdays_npm.txt was made: every day of 2019 to 2026 as two npm packages that share no code and no author have it.
//
//     npm install chinese-days@1.5.7 lunar-javascript@1.7.7 && node workdays_npm.js > workdays_npm.txt
//
// One line a month: its days in order, W a working day, r a rest day.  It stops when the two disagree.
const days = require("chinese-days");
const { HolidayUtil } = require("lunar-javascript");

const pad = (n) => String(n).padStart(2, "0");
console.log("# Every day of 2019-2026 (W works, r rests) as chinese-days 1.5.7 and lunar-javascript 1.7.7 agree; made by workdays_npm.js");
for (let year = 2019; year <= 2026; year++)
  for (let month = 1; month <= 12; month++) {
    let line = "";
    for (let day = 1; day <= new Date(Date.UTC(year, month, 0)).getUTCDate(); day++) {
      const date = `${year}-${pad(month)}-${pad(day)}`;
      const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
      const other = HolidayUtil.getHoliday(date);
      const works = days.isWorkday(date);
      if (works !== (other ? other.isWork() : weekday % 6 !== 0)) throw new Error(`the packages disagree on ${date}`);
      line += works ? "W" : "r";
    }
    console.log(`${year}-${pad(month)} ${line}`);
  }

//! Dates as text: RFC 3339, as some servers write points in time.

use std::fmt;

const MILLIS_PER_DAY: i64 = 86_400_000;

/// The milliseconds since 1970 of a date such as `2024-01-31`, `2024-01-31T12:30:00.5Z` or
/// `2024-01-31 12:30:00+02:00`. Without an offset it is UTC.
pub(crate) fn parse(text: &str) -> Option<i64> {
    let text = text.trim();
    let (date, time) = match text.split_at_checked(10)? {
        (date, "") => (date, ""),
        (date, rest) => (date, rest.strip_prefix(['T', 't', ' '])?),
    };
    let [year, month, day] = numbers::<3>(date, '-')?;
    let month_is_known = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
    let days = days_since_1970(year, month, day);
    let millis = if time.is_empty() {
        0
    } else {
        time_of_day(time)?
    };
    month_is_known.then_some(days * MILLIS_PER_DAY + millis)
}

/// The milliseconds of a time with its offset from UTC.
fn time_of_day(text: &str) -> Option<i64> {
    let end = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (time, offset) = text.split_at_checked(end)?;
    let (time, fraction) = time.split_once('.').unwrap_or((time, ""));
    let [hour, minute, second] = match time.len() {
        5 => {
            let [hour, minute] = numbers::<2>(time, ':')?;
            [hour, minute, 0]
        }
        _ => numbers::<3>(time, ':')?,
    };
    let is_digits = fraction.bytes().all(|byte| byte.is_ascii_digit());
    if hour > 24 || minute > 59 || second > 60 || !is_digits {
        return None;
    }
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    let offset = match offset {
        "" | "Z" | "z" => 0,
        _ => {
            let (sign, rest) = offset.split_at_checked(1)?;
            let [hours, minutes] = match rest.len() {
                4 => {
                    let (hours, minutes) = rest.split_at_checked(2)?;
                    [hours.parse().ok()?, minutes.parse().ok()?]
                }
                _ => numbers::<2>(rest, ':')?,
            };
            let minutes: i64 = hours * 60 + minutes;
            if sign == "-" { -minutes } else { minutes }
        }
    };
    let minutes = hour * 60 + minute - offset;
    Some((minutes * 60 + second) * 1000 + digits.parse::<i64>().ok()?)
}

/// Numbers made of digits alone, with a separator between them.
fn numbers<const N: usize>(text: &str, separator: char) -> Option<[i64; N]> {
    let mut out = [0; N];
    let mut parts = text.split(separator);
    for number in &mut out {
        let part = parts.next()?;
        let is_digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        *number = part.parse().ok().filter(|_| is_digits)?;
    }
    parts.next().is_none().then_some(out)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Counted in years that begin in March, so that the leap day is a year's last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Writes milliseconds since 1970 as RFC 3339 in UTC; the fraction only where there is one.
pub(crate) fn write(millis: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (days, rest) = (millis / 86_400_000, millis % 86_400_000);
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = (march_month + 2) % 12 + 1;
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (seconds, millis) = (rest / 1000, rest % 1000);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    write!(
        f,
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
    )?;
    if millis > 0 {
        write!(f, ".{millis:03}")?;
    }
    f.write_str("Z")
}

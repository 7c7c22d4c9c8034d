package io.sluice.client.tools;

import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.TimeZone;

/** Dates as C's strftime writes them, in English; not all of its codes, but all of NSQ's. */
final class Strftime {
    private static final int SHORT_NAME = 3;

    private Strftime() {}

    /** What is not one of the codes stays as it is. */
    static String format(String format, ZonedDateTime time) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            String part =
                    c == '%' && i + 1 < format.length() ? code(format.charAt(i + 1), time) : null;
            if (part == null) {
                out.append(c);
            } else {
                out.append(part);
                i++;
            }
        }
        return out.toString();
    }

    private static String code(char code, ZonedDateTime time) {
        return switch (code) {
            case 'B' -> name(time.getMonth());
            case 'b' -> name(time.getMonth()).substring(0, SHORT_NAME);
            case 'm' -> two(time.getMonthValue());
            case 'A' -> name(time.getDayOfWeek());
            case 'a' -> name(time.getDayOfWeek()).substring(0, SHORT_NAME);
            case 'd' -> two(time.getDayOfMonth());
            case 'H' -> two(time.getHour());
            case 'I' -> two((time.getHour() + 11) % 12 + 1);
            case 'M' -> two(time.getMinute());
            case 'S' -> two(time.getSecond());
            case 'Y' -> Integer.toString(time.getYear());
            case 'y' -> two(time.getYear() % 100);
            case 'p' -> time.getHour() < 12 ? "AM" : "PM";
            case 'Z' -> zone(time);
            case 'z' -> offset(time.getOffset().getTotalSeconds() / 60);
            case '%' -> "%";
            default -> null;
        };
    }

    private static String name(Enum<?> constant) {
        String name = constant.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    private static String zone(ZonedDateTime time) {
        boolean summer = time.getZone().getRules().isDaylightSavings(time.toInstant());
        return TimeZone.getTimeZone(time.getZone())
                .getDisplayName(summer, TimeZone.SHORT, Locale.ENGLISH);
    }

    private static String offset(int minutes) {
        int size = Math.abs(minutes);
        return (minutes < 0 ? "-" : "+") + two(size / 60) + two(size % 60);
    }
}

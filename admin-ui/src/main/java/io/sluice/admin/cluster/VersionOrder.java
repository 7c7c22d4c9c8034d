package io.sluice.admin.cluster;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Orders versions by their first three numbers; what is no version comes before all. */
public final class VersionOrder implements Comparator<String> {
    private static final Pattern NUMBERS =
            Pattern.compile("(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9}).*");

    @Override
    public int compare(String one, String other) {
        Matcher a = NUMBERS.matcher(one);
        Matcher b = NUMBERS.matcher(other);
        boolean isVersion = a.matches();
        if (!b.matches() || !isVersion) return Boolean.compare(isVersion, b.matches());
        for (int i = 1; i <= 3; i++) {
            int order = Integer.compare(number(a, i), number(b, i));
            if (order != 0) return order;
        }
        return 0;
    }

    private static int number(Matcher version, int group) {
        return Integer.parseInt(version.group(group));
    }
}

package io.sluice.examples.bench;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells, the first column flush left and the others flush right. */
final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a row; all have the same count of cells. */
    void add(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            out.append(GAP);
            for (int i = 0; i < row.size(); i++) {
                String pad = " ".repeat(width(i) - row.get(i).length());
                out.append(i == 0 ? row.get(i) + pad : GAP + pad + row.get(i));
            }
            out.append(System.lineSeparator());
        }
        return out.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}

package cdkmsk.standin;

import java.util.BitSet;

/** A pattern of an IAM policy: {@code *} matches any text, {@code ?} any single character. */
record Glob(String pattern) {
    boolean matches(String text) {
        return positionsAfter(text, false).get(pattern.length());
    }

    /** Whether the pattern matches some text that starts with the prefix and is longer. */
    boolean reaches(String prefix) {
        return positionsAfter(prefix, false).previousSetBit(pattern.length() - 1) >= 0;
    }

    /** Whether this pattern certainly matches everything that the other matches: compares them character by character. */
    boolean covers(String other) {
        return positionsAfter(other, true).get(pattern.length());
    }

    /** Possible positions in the pattern after the text was read. If the text is a pattern, its wildcards count as wildcards. */
    private BitSet positionsAfter(String text, boolean textIsPattern) {
        BitSet at = withEmptyStars(0, new BitSet());
        for (char next : text.toCharArray()) {
            BitSet after = new BitSet();
            at.stream().filter(i -> i < pattern.length()).forEach(i -> {
                if (pattern.charAt(i) == '*') {
                    withEmptyStars(i, after);
                } else if (takes(pattern.charAt(i), next, textIsPattern)) {
                    withEmptyStars(i + 1, after);
                }
            });
            at = after;
        }
        return at;
    }

    private static boolean takes(char one, char next, boolean nextIsPattern) {
        return nextIsPattern && next == '*' ? false : one == '?' || one == next;
    }

    private BitSet withEmptyStars(int start, BitSet positions) {
        int i = start;
        positions.set(i);
        while (i < pattern.length() && pattern.charAt(i) == '*') {
            positions.set(++i);
        }
        return positions;
    }
}

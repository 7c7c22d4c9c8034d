package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    private static final String N54 = "n".repeat(54);

    @ParameterizedTest
    @ValueSource(strings = {"a", ".", "..", "-", "_", "aZ09._-", "a#ephemeral", ".#ephemeral"})
    void valid(String name) {
        assertThat(TopicName.isValid(name)).isTrue();
        assertThat(new TopicName(name)).hasToString(name);
        assertThat(new ChannelName(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a\n",
                "a\r",
                "#",
                "#ephemeral",
                "a#",
                "a#ephemera",
                "a#Ephemeral",
                "a#ephemeral ",
                "a#ephemeral#ephemeral",
                "#ephemeral#ephemeral",
                "a#b#ephemeral",
                "a/b",
                "a:b",
                "a@b",
                "a[b",
                "a`b",
                "a{b",
                "a*",
                "é",
                "٣",
                "a\0"
            })
    void invalid(String name) {
        assertThat(TopicName.isValid(name)).isFalse();
        assertThat(ChannelName.isValid(name)).isFalse();
        assertThatThrownBy(() -> new TopicName(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ChannelName(name))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void exactlyTheAsciiLettersDigitsAndThreeMore() {
        StringBuilder valid = new StringBuilder();
        for (char c = 0; c < 0x3000; c++) {
            if (TopicName.isValid(String.valueOf(c))) valid.append(c);
        }
        assertThat(valid)
                .hasToString("-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");
    }

    @Test
    void theSuffixCountsAmongThe64() {
        assertThat(TopicName.isValid("n".repeat(64))).isTrue();
        assertThat(TopicName.isValid("n".repeat(65))).isFalse();
        assertThat(TopicName.isValid(N54 + "#ephemeral")).isTrue();
        assertThat(TopicName.isValid(N54 + "n#ephemeral")).isFalse();
    }

    @Test
    void ephemeralIsWhatEndsSo() {
        assertThat(new TopicName("a#ephemeral").isEphemeral()).isTrue();
        assertThat(new ChannelName("a#ephemeral").isEphemeral()).isTrue();
        assertThat(new TopicName("ephemeral").isEphemeral()).isFalse();
        assertThat(new ChannelName("a").isEphemeral()).isFalse();
    }

    @Test
    void sortedByTheirText() {
        assertThat(new TopicName("a")).isLessThan(new TopicName("b"));
        assertThat(new ChannelName("B")).isLessThan(new ChannelName("a"));
    }
}

package io.sluice.admin.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.admin.cluster.Json;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | {} | {}",
                "{\"a\":1} | {\"a\":1} | {}",
                "{\"a\":1} | {\"a\":2,\"b\":3} | {\"a\":2,\"b\":3}",
                "{\"a\":1,\"b\":2} | {\"b\":2} | {\"a\":null}",
                "{\"a\":{\"x\":1,\"y\":2}} | {\"a\":{\"x\":1,\"y\":3}} | {\"a\":{\"y\":3}}",
                "{\"a\":{\"x\":1}} | {\"a\":[1]} | {\"a\":[1]}",
                "{\"a\":[1]} | {\"a\":[1,2]} | {\"a\":[1,2]}"
            })
    void onlyWhatDiffersIsSent(String from, String to, String patch) {
        assertThat(MergePatch.between(tree(from), tree(to))).isEqualTo(tree(patch));
    }

    private static ObjectNode tree(String json) {
        return Json.read(Buffer.buffer(json), ObjectNode.class);
    }
}

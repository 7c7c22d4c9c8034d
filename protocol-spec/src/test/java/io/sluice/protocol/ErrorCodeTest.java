package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {
    @Test
    void threeLeaveTheConnectionOpen() {
        assertThat(Arrays.stream(ErrorCode.values()).filter(code -> !code.fatal()))
                .containsExactly(
                        ErrorCode.E_FIN_FAILED, ErrorCode.E_REQ_FAILED, ErrorCode.E_TOUCH_FAILED);
    }

    @Test
    void theMessageIsThePayloadOfTheFrame() {
        ProtocolException e = ErrorCode.E_SUB_FAILED.because("SUB failed exiting");
        assertThat(e).hasMessage("E_SUB_FAILED SUB failed exiting");
        assertThat(e.code()).isEqualTo(ErrorCode.E_SUB_FAILED);
        assertThat(ErrorCode.E_BAD_PROTOCOL.because("")).hasMessage("E_BAD_PROTOCOL");
    }
}

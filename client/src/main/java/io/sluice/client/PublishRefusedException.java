package io.sluice.client;

/**
 * The daemon could not take the message: E_PUB_FAILED, E_MPUB_FAILED or E_DPUB_FAILED. Its topic is
 * being deleted, it is stopping, or its disk is full.
 */
public final class PublishRefusedException extends RefusedException {
    PublishRefusedException(String text) {
        super(text);
    }

    @Override
    public boolean retryable() {
        return true;
    }

    /** True for E_MPUB_FAILED: the disk can fail behind the first messages of a batch. */
    @Override
    public boolean outcomeUnknown() {
        return code().equals("E_MPUB_FAILED");
    }
}

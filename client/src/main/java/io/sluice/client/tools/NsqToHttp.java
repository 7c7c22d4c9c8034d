package io.sluice.client.tools;

/** The command {@code nsq_to_http}: sends the messages of a topic to web servers. */
public final class NsqToHttp {
    private NsqToHttp() {}

    /** Sends until a signal comes. */
    public static void main(String[] args) {
        // A header that is asked for by its name is meant.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,connection");
        ToolProcess.run("nsq_to_http", ToHttpOptions::new, ToHttp::start, args);
    }
}

/* Measures Lucene's SoraniAnalyzer.   java -cp LUCENE_JARS:. SoraniTokens FILE
 *
 * In: a text file. Out: the tokens of a round and, of five rounds on one thread after five to warm up, the median tokens a
 * second and MB a second; separated by tabs. Each line is a document, as a line is a piece to `hewal tokens --search`. */
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ckb.SoraniAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

public class SoraniTokens {
    static long chars;

    static long round(SoraniAnalyzer analyzer, List<String> lines) throws Exception {
        long n = 0;
        for (String line : lines) {
            try (TokenStream s = analyzer.tokenStream("text", new StringReader(line))) {
                CharTermAttribute term = s.addAttribute(CharTermAttribute.class);
                s.reset();
                while (s.incrementToken()) {
                    n++;
                    chars += term.length();
                }
                s.end();
            }
        }
        return n;
    }

    public static void main(String[] args) throws Exception {
        byte[] bytes = Files.readAllBytes(Paths.get(args[0]));
        List<String> lines = Arrays.asList(new String(bytes, StandardCharsets.UTF_8).split("\n"));
        SoraniAnalyzer analyzer = new SoraniAnalyzer();
        for (int i = 0; i < 5; i++) round(analyzer, lines);
        double[] seconds = new double[5];
        long n = 0;
        for (int i = 0; i < seconds.length; i++) {
            long t = System.nanoTime();
            n = round(analyzer, lines);
            seconds[i] = (System.nanoTime() - t) / 1e9;
        }
        Arrays.sort(seconds);
        System.out.printf(Locale.ROOT, "%d\t%.0f\t%.1f%n", n, n / seconds[2], bytes.length / 1e6 / seconds[2]);
    }
}

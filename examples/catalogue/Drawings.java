import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.RenderingHints;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/**
 * Draws the pictures of the small catalogue: {@code java Drawings.java} in this directory writes them to {@code images/}.
 * They are committed, so nobody needs to run it to see the shop.
 */
public final class Drawings {

    private static final int SIZE = 480;

    private Drawings() {}

    public static void main(String[] arguments) throws IOException {
        Files.createDirectories(Path.of("images"));
        draw("teapot.png", 0xF6E7CB, Drawings::teapot);
        draw("teapot-top.png", 0xF6E7CB, Drawings::teapotFromAbove);
        draw("mug.png", 0xDCEBF2, canvas -> mug(canvas, 0x2A6F97));
        draw("mug-red.png", 0xF2DCDC, canvas -> mug(canvas, 0xA4243B));
        draw("lamp.jpg", 0xE9E4F0, Drawings::lamp);
        draw("notebook.png", 0xE3F1E1, Drawings::notebook);
        draw("candle.gif", 0xF3E9E1, Drawings::candle);
        draw("kite.png", 0xCFE8FC, Drawings::kite);
        draw("plant.png", 0xEAF2DA, Drawings::plant);
        draw("plant-pot.png", 0xEAF2DA, Drawings::pot);
        draw("bowl.png", 0xF1F1F1, Drawings::bowl);
    }

    private static void draw(String name, int background, Consumer<Graphics2D> picture) throws IOException {
        var image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        var canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        canvas.setColor(new Color(background));
        canvas.fillRect(0, 0, SIZE, SIZE);
        canvas.setColor(new Color(0, 0, 0, 28));
        canvas.fill(new Ellipse2D.Double(90, 380, 300, 40));
        picture.accept(canvas);
        canvas.dispose();
        var format = name.substring(name.lastIndexOf('.') + 1);
        if (!ImageIO.write(image, format, Path.of("images", name).toFile())) {
            throw new IOException("This Java writes no " + format);
        }
    }

    private static void teapot(Graphics2D canvas) {
        var clay = new Color(0xB5651D);
        canvas.setColor(clay);
        stroke(canvas, 24);
        canvas.draw(new Arc2D.Double(310, 190, 110, 130, -80, 200, Arc2D.OPEN));
        var spout = new Path2D.Double();
        spout.moveTo(130, 300);
        spout.curveTo(80, 280, 90, 210, 50, 195);
        canvas.draw(spout);
        canvas.fill(new Ellipse2D.Double(110, 170, 250, 220));
        canvas.setColor(clay.darker());
        canvas.fill(new Arc2D.Double(150, 140, 170, 110, 0, 180, Arc2D.CHORD));
        canvas.fill(new Ellipse2D.Double(217, 110, 36, 36));
        shine(canvas, 150, 220, 30, 80);
    }

    private static void teapotFromAbove(Graphics2D canvas) {
        canvas.setColor(new Color(0xB5651D));
        stroke(canvas, 26);
        canvas.drawLine(120, 240, 40, 240);
        canvas.draw(new Arc2D.Double(330, 200, 100, 80, -90, 180, Arc2D.OPEN));
        canvas.fill(new Ellipse2D.Double(110, 110, 260, 260));
        canvas.setColor(new Color(0x7B3F00));
        canvas.fill(new Ellipse2D.Double(165, 165, 150, 150));
        canvas.setColor(new Color(0xB5651D));
        canvas.fill(new Ellipse2D.Double(220, 220, 40, 40));
    }

    private static void mug(Graphics2D canvas, int colour) {
        canvas.setColor(new Color(colour));
        stroke(canvas, 26);
        canvas.draw(new Arc2D.Double(290, 190, 110, 120, -90, 180, Arc2D.OPEN));
        canvas.fill(new RoundRectangle2D.Double(130, 140, 210, 260, 40, 40));
        canvas.setColor(new Color(colour).darker());
        canvas.fill(new Ellipse2D.Double(130, 120, 210, 50));
        canvas.setColor(new Color(0x3B2417));
        canvas.fill(new Ellipse2D.Double(148, 130, 174, 32));
        shine(canvas, 155, 200, 22, 150);
    }

    private static void lamp(Graphics2D canvas) {
        canvas.setPaint(new GradientPaint(240, 190, new Color(255, 236, 150, 220), 240, 400, new Color(255, 236, 150, 0)));
        canvas.fill(new Polygon(new int[] {150, 330, 420, 60}, new int[] {200, 200, 400, 400}, 4));
        canvas.setColor(new Color(0x333333));
        stroke(canvas, 12);
        canvas.drawLine(240, 200, 240, 390);
        canvas.fill(new Ellipse2D.Double(160, 378, 160, 30));
        canvas.setColor(new Color(0x5E548E));
        canvas.fill(new Polygon(new int[] {190, 290, 350, 130}, new int[] {80, 80, 210, 210}, 4));
    }

    private static void notebook(Graphics2D canvas) {
        canvas.setColor(new Color(0x386641));
        canvas.fill(new RoundRectangle2D.Double(130, 80, 230, 320, 20, 20));
        canvas.setColor(new Color(0x6A994E));
        canvas.fillRect(130, 80, 36, 320);
        canvas.setColor(Color.WHITE);
        canvas.fill(new RoundRectangle2D.Double(200, 140, 120, 70, 10, 10));
        canvas.setColor(new Color(0x386641));
        stroke(canvas, 4);
        canvas.drawLine(215, 165, 305, 165);
        canvas.drawLine(215, 187, 275, 187);
    }

    private static void candle(Graphics2D canvas) {
        canvas.setColor(new Color(0xE6CCB2));
        canvas.fill(new RoundRectangle2D.Double(180, 200, 120, 200, 20, 20));
        canvas.setColor(new Color(0xDDB892));
        canvas.fill(new Ellipse2D.Double(180, 185, 120, 36));
        canvas.setColor(new Color(0x333333));
        stroke(canvas, 5);
        canvas.drawLine(240, 200, 240, 170);
        flame(canvas, 0xF3722C, 1.0);
        flame(canvas, 0xF9C74F, 0.55);
    }

    private static void flame(Graphics2D canvas, int colour, double scale) {
        var flame = new Path2D.Double();
        flame.moveTo(240, 178 - 110 * scale);
        flame.curveTo(240 + 60 * scale, 178 - 50 * scale, 240 + 35 * scale, 178, 240, 178);
        flame.curveTo(240 - 35 * scale, 178, 240 - 60 * scale, 178 - 50 * scale, 240, 178 - 110 * scale);
        canvas.setColor(new Color(colour));
        canvas.fill(flame);
    }

    private static void kite(Graphics2D canvas) {
        int[][] sails = {{240, 60, 350, 200, 240, 200}, {240, 60, 130, 200, 240, 200}, {130, 200, 240, 340, 240, 200}, {350, 200, 240, 340, 240, 200}};
        int[] colours = {0xE63946, 0xF4A261, 0x2A9D8F, 0x457B9D};
        for (int sail = 0; sail < sails.length; sail++) {
            var corner = sails[sail];
            canvas.setColor(new Color(colours[sail]));
            canvas.fill(new Polygon(new int[] {corner[0], corner[2], corner[4]}, new int[] {corner[1], corner[3], corner[5]}, 3));
        }
        var tail = new Path2D.Double();
        tail.moveTo(240, 340);
        tail.curveTo(300, 380, 180, 400, 250, 450);
        canvas.setColor(new Color(0x1D3557));
        stroke(canvas, 4);
        canvas.draw(tail);
    }

    private static void plant(Graphics2D canvas) {
        canvas.setColor(new Color(0x2D6A4F));
        for (int lean = -2; lean <= 2; lean++) {
            var leaf = new Path2D.Double();
            leaf.moveTo(240, 300);
            leaf.curveTo(240 + lean * 70 - 30, 200, 240 + lean * 60, 120, 240 + lean * 75, 80 + Math.abs(lean) * 40);
            leaf.curveTo(240 + lean * 90, 160, 240 + lean * 70 + 30, 220, 240, 300);
            canvas.fill(leaf);
        }
        pot(canvas);
    }

    private static void pot(Graphics2D canvas) {
        canvas.setColor(new Color(0xBC6C25));
        canvas.fill(new Polygon(new int[] {160, 320, 295, 185}, new int[] {300, 300, 405, 405}, 4));
        canvas.setColor(new Color(0xDDA15E));
        canvas.fill(new RoundRectangle2D.Double(145, 275, 190, 40, 12, 12));
    }

    private static void bowl(Graphics2D canvas) {
        canvas.setColor(new Color(0x264653));
        canvas.fill(new Arc2D.Double(90, 90, 300, 300, 180, 180, Arc2D.CHORD));
        canvas.setColor(new Color(0x2A9D8F));
        canvas.fill(new Ellipse2D.Double(90, 210, 300, 60));
        canvas.setColor(new Color(0xE9C46A));
        canvas.fill(new Ellipse2D.Double(115, 222, 250, 36));
    }

    private static void stroke(Graphics2D canvas, float width) {
        canvas.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }

    private static void shine(Graphics2D canvas, int x, int y, int width, int height) {
        canvas.setColor(new Color(255, 255, 255, 90));
        canvas.fill(new RoundRectangle2D.Double(x, y, width, height, width, width));
    }
}

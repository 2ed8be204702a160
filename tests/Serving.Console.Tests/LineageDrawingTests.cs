using Serving.Console.Catalog;
using Serving.Console.Lineage;

namespace Serving.Console.Tests;

public sealed class LineageDrawingTests
{
    [Fact]
    public void A_node_stands_right_of_all_that_it_reads_and_no_box_covers_another()
    {
        var catalog = Catalog(("a", []), ("b", ["a"]), ("c", ["b", "a"]), ("d", ["a"]), ("e", ["c", "d"]));

        var drawing = LineageDrawing.Of(catalog, catalog.Nodes.Select(node => node.Id).ToHashSet());

        drawing.Edges.Count.ShouldBe(6);
        drawing.Edges.ShouldAllBe(edge => edge.To.X > edge.From.X + LineageDrawing.BoxWidth);
        foreach (var layer in drawing.Boxes.GroupBy(box => box.X, box => box.Y))
            layer.Order().Zip(layer.Order().Skip(1)).ShouldAllBe(pair => pair.Second - pair.First >= LineageDrawing.BoxHeight);
    }

    [Fact]
    public void Levels_up_and_down_are_counted_from_the_focus()
    {
        var catalog = Catalog(("a", []), ("b", ["a"]), ("c", ["b"]), ("d", ["c"]), ("e", ["d"]));

        LineageScope.Around(catalog, catalog.Find("c")!, up: 1, down: 2).Order().ShouldBe(["b", "c", "d", "e"]);
        LineageScope.Around(catalog, catalog.Find("c")!, up: 0, down: 0).ShouldBe(["c"]);
    }

    [Fact]
    public void A_circle_in_a_manifest_of_others_is_drawn_all_the_same()
    {
        var catalog = Catalog(("a", ["b"]), ("b", ["a"]));

        LineageDrawing.Of(catalog, catalog.Nodes.Select(node => node.Id).ToHashSet()).Boxes.Count.ShouldBe(2);
    }

    private static WarehouseCatalog Catalog(params (string Id, string[] Parents)[] nodes) =>
        new(nodes.Select(node => new CatalogNode(node.Id, node.Id, "model", "p") { Parents = node.Parents }));
}

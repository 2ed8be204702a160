using Serving.Console.Catalog;

namespace Serving.Console.Lineage;

/// <summary>A graph in layers from left to right: a node stands one layer right of the last of its parents.</summary>
internal sealed class LineageDrawing
{
    public const int BoxWidth = 212;
    public const int BoxHeight = 40;
    private const int LayerWidth = BoxWidth + 76;
    private const int RowHeight = BoxHeight + 14;
    private const int Margin = 12;
    private const int Sweeps = 6;

    private LineageDrawing(IReadOnlyList<LineageBox> boxes, IReadOnlyList<LineageEdge> edges)
    {
        Boxes = boxes;
        Edges = edges;
        Width = boxes.Count == 0 ? 0 : boxes.Max(box => box.X) + BoxWidth + Margin;
        Height = boxes.Count == 0 ? 0 : boxes.Max(box => box.Y) + BoxHeight + Margin;
    }

    public IReadOnlyList<LineageBox> Boxes { get; }

    public IReadOnlyList<LineageEdge> Edges { get; }

    public int Width { get; }

    public int Height { get; }

    public static LineageDrawing Of(WarehouseCatalog catalog, IReadOnlySet<string> scope)
    {
        var nodes = scope.Select(catalog.Find).OfType<CatalogNode>().OrderBy(node => node.Name, StringComparer.Ordinal).ToList();
        var parents = nodes.ToDictionary(node => node.Id, node => (IReadOnlyList<string>)[.. node.Parents.Where(scope.Contains)]);
        var children = nodes
            .SelectMany(node => parents[node.Id].Select(parent => (Parent: parent, Child: node.Id)))
            .ToLookup(edge => edge.Parent, edge => edge.Child);
        var layers = Order(Layers(nodes, parents), parents, children);
        var tallest = layers.Count == 0 ? 0 : layers.Max(layer => layer.Count);

        var boxes = new Dictionary<string, LineageBox>(StringComparer.Ordinal);
        for (var x = 0; x < layers.Count; x++)
        {
            var top = Margin + (tallest - layers[x].Count) * RowHeight / 2;
            for (var y = 0; y < layers[x].Count; y++)
                boxes.Add(layers[x][y], new LineageBox(catalog.Find(layers[x][y])!, Margin + x * LayerWidth, top + y * RowHeight));
        }

        return new LineageDrawing(
            [.. boxes.Values], [.. nodes.SelectMany(node => parents[node.Id].Select(parent => new LineageEdge(boxes[parent], boxes[node.Id])))]);
    }

    /// <summary>The longest way from a node without parents gives the layer; a circle, which no compiled project has, ends the count.</summary>
    private static List<List<string>> Layers(List<CatalogNode> nodes, Dictionary<string, IReadOnlyList<string>> parents)
    {
        var layerOf = new Dictionary<string, int>(StringComparer.Ordinal);
        var waiting = nodes.Select(node => node.Id).ToList();
        for (var layer = 0; waiting.Count > 0; layer++)
        {
            var ready = waiting.Where(id => parents[id].All(layerOf.ContainsKey)).ToList();
            if (ready.Count == 0)
                ready = waiting;
            foreach (var id in ready)
                layerOf[id] = layer;
            waiting = [.. waiting.Except(ready, StringComparer.Ordinal)];
        }

        return [.. nodes.Select(node => node.Id).GroupBy(id => layerOf[id]).OrderBy(group => group.Key).Select(group => group.ToList())];
    }

    /// <summary>Puts each node near the middle of its neighbours, from the left and from the right in turn, so that few edges cross.</summary>
    private static List<List<string>> Order(
        List<List<string>> layers, Dictionary<string, IReadOnlyList<string>> parents, ILookup<string, string> children)
    {
        var place = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var layer in layers)
            Place(layer, place);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var fromLeft = sweep % 2 == 0;
            for (var i = 0; i < layers.Count; i++)
            {
                var layer = fromLeft ? i : layers.Count - 1 - i;
                layers[layer] = [.. layers[layer].OrderBy(id => Middle(fromLeft ? parents[id] : children[id], place) ?? place[id])];
                Place(layers[layer], place);
            }
        }

        return layers;
    }

    private static void Place(List<string> layer, Dictionary<string, double> place)
    {
        for (var i = 0; i < layer.Count; i++)
            place[layer[i]] = (i + 0.5) / layer.Count;
    }

    private static double? Middle(IEnumerable<string> neighbours, Dictionary<string, double> place)
    {
        var places = neighbours.Select(id => place[id]).ToList();
        return places.Count == 0 ? null : places.Average();
    }
}

/// <param name="X">Of the left edge.</param>
/// <param name="Y">Of the upper edge.</param>
internal sealed record LineageBox(CatalogNode Node, int X, int Y);

internal sealed record LineageEdge(LineageBox From, LineageBox To)
{
    /// <summary>From the right of one box to the left of the other.</summary>
    public string Curve
    {
        get
        {
            var (x1, y1) = (From.X + LineageDrawing.BoxWidth, From.Y + LineageDrawing.BoxHeight / 2);
            var (x2, y2) = (To.X, To.Y + LineageDrawing.BoxHeight / 2);
            var bend = Math.Max(30, (x2 - x1) / 2);
            return $"M{x1} {y1} C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}";
        }
    }
}

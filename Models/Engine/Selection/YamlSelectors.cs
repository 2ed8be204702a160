using Models.Contracts;
using Models.Database;
using Models.Diagnostics;
using Models.Parsing;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Models.Engine.Selection;

/// <summary>The named selections of selectors.yml. Source: dbt's page on YAML selectors.</summary>
internal sealed class YamlSelectors
{
    private readonly Dictionary<string, YamlNode> _definitions = new(StringComparer.Ordinal);
    private string? _default;

    /// <summary>The selection used if the command line has none; null if the file has no default.</summary>
    public SelectionTree? Default => _default is null ? null : Find(_default);

    public static YamlSelectors Read(ParsedProject project)
    {
        var selectors = new YamlSelectors();
        var path = Path.Combine(project.Options.ProjectDirectory, "selectors.yml");
        if (!File.Exists(path))
            return selectors;

        try
        {
            if (YamlTree.Load(TextFile.ReadAllText(path)) is [{ RootNode: YamlMappingNode root }] && Child(root, "selectors") is YamlSequenceNode list)
            {
                foreach (var text in list.AllNodes.OfType<YamlScalarNode>())
                    text.Value = project.RenderConfiguration(text.Value ?? "", Span(path, text));
                foreach (var entry in list.OfType<YamlMappingNode>())
                    selectors.Add(entry);
            }
        }
        catch (YamlException mistake)
        {
            throw new RunException($"{path}({mistake.Start.Line},{mistake.Start.Column}): {mistake.Message}", mistake);
        }
        catch (TextFileException mistake)
        {
            throw new RunException(mistake.Message, mistake);
        }

        return selectors;
    }

    public SelectionTree Find(string name) => Find(name, []);

    private void Add(YamlMappingNode entry)
    {
        if (Text(Child(entry, "name")) is not { } name || Child(entry, "definition") is not { } definition)
            throw Mistake(entry, "a selector has a 'name' and a 'definition'");

        _definitions[name] = definition;
        if (Text(Child(entry, "default")) is "true" or "True")
            _default = name;
    }

    private SelectionTree Find(string name, List<string> path)
    {
        if (!_definitions.TryGetValue(name, out var definition))
            throw new RunException($"selectors.yml has no selector '{name}'. It has: {string.Join(", ", _definitions.Keys.DefaultIfEmpty("none"))}.");
        if (path.Contains(name))
            throw new RunException($"The selector '{name}' in selectors.yml refers to itself: {string.Join(" -> ", path)} -> {name}.");

        path.Add(name);
        var tree = Read(definition, path);
        path.RemoveAt(path.Count - 1);
        return tree;
    }

    private SelectionTree Read(YamlNode node, List<string> path) => node switch
    {
        YamlScalarNode { Value: { } text } => SelectionTree.Parse([text]),
        YamlMappingNode map when Child(map, "union") is YamlSequenceNode parts => Combine(parts, path, isUnion: true),
        YamlMappingNode map when Child(map, "intersection") is YamlSequenceNode parts => Combine(parts, path, isUnion: false),
        YamlMappingNode map when Child(map, "method") is not null => ReadMethod(map, path),
        YamlMappingNode { Children.Count: 1 } map => ReadPair(map, path),
        _ => throw Mistake(node, "expected a text, a 'union', an 'intersection' or a 'method' with its 'value'"),
    };

    private SelectionTree Combine(YamlSequenceNode parts, List<string> path, bool isUnion)
    {
        var included = new List<SelectionTree>();
        var excluded = new List<SelectionTree>();
        foreach (var part in parts)
        {
            if (part is YamlMappingNode { Children.Count: 1 } map && Child(map, "exclude") is YamlSequenceNode exclude)
                excluded.AddRange(exclude.Select(e => Read(e, path)));
            else
                included.Add(Read(part, path));
        }

        SelectionTree tree = isUnion ? new SelectionTree.Union(included) : new SelectionTree.Intersection(included);
        return excluded.Count == 0 ? tree : new SelectionTree.Difference(tree, new SelectionTree.Union(excluded));
    }

    private SelectionTree ReadMethod(YamlMappingNode map, List<string> path)
    {
        var method = Text(Child(map, "method"))!;
        var value = Text(Child(map, "value")) ?? throw Mistake(map, "a 'method' has a 'value'");
        if (method == NodeSelector.SelectorMethod)
            return Exclude(map, Find(value, path), path);

        var criterion = new Criterion(
            method,
            value,
            Depth(map, "parents"),
            Depth(map, "children"),
            Flag(map, "childrens_parents"),
            $"{method}:{value}");
        var leaf = new SelectionTree.Leaf(criterion) { IndirectSelection = ReadIndirect(map) };
        return Exclude(map, leaf, path);
    }

    private SelectionTree Exclude(YamlMappingNode map, SelectionTree tree, List<string> path) =>
        Child(map, "exclude") is YamlSequenceNode exclude
            ? new SelectionTree.Difference(tree, new SelectionTree.Union([.. exclude.Select(e => Read(e, path))]))
            : tree;

    // the short form: { tag: nightly }
    private SelectionTree ReadPair(YamlMappingNode map, List<string> path)
    {
        var (key, value) = map.Children.Single();
        if (Text(key) == NodeSelector.SelectorMethod)
            return Find(Text(value) ?? "", path);

        var text = $"{Text(key)}:{Text(value)}";
        return new SelectionTree.Leaf(new Criterion(Text(key) ?? "", Text(value) ?? "", 0, 0, ChildrensParents: false, text));
    }

    private static IndirectSelection? ReadIndirect(YamlMappingNode map)
    {
        if (Text(Child(map, "indirect_selection")) is not { } text)
            return null;

        return Enum.TryParse<IndirectSelection>(text, ignoreCase: true, out var rule)
            ? rule
            : throw Mistake(map, $"'indirect_selection: {text}' is not known; it is eager, cautious, buildable or empty");
    }

    private static int Depth(YamlMappingNode map, string side)
    {
        if (!Flag(map, side))
            return 0;

        return int.TryParse(Text(Child(map, side + "_depth")), out var depth) ? depth : int.MaxValue;
    }

    private static bool Flag(YamlMappingNode map, string key) =>
        string.Equals(Text(Child(map, key)), "true", StringComparison.OrdinalIgnoreCase);

    private static YamlNode? Child(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private static string? Text(YamlNode? node) => (node as YamlScalarNode)?.Value;

    private static SourceSpan Span(string path, YamlNode node) =>
        new(path, (int)node.Start.Line, (int)node.Start.Column, (int)node.End.Line, (int)node.End.Column);

    private static RunException Mistake(YamlNode node, string expected) =>
        new($"selectors.yml({node.Start.Line},{node.Start.Column}): {expected}.");
}

using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Models.Contracts;

/// <summary>Loads YAML into a tree of nodes, after checking that the tree is not too deep to be traversed.</summary>
public static class YamlTree
{
    private const int MaximumDepth = 200;

    /// <summary>Loads all documents of a text.</summary>
    /// <exception cref="YamlException">The text is invalid YAML or nested too deeply; the exception has the position.</exception>
    public static IList<YamlDocument> Load(string text)
    {
        var scanner = new Scanner(new StringReader(text));
        try
        {
            RequireDepth(new Parser(scanner));
        }
        catch (InvalidOperationException e)
        {
            // the scanner throws from its own bookkeeping on unclosed brackets
            var place = scanner.CurrentPosition;
            throw new YamlException(place, place, "a bracket or brace is not closed before here", e);
        }

        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents;
    }

    private static void RequireDepth(Parser parser)
    {
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current switch
            {
                MappingStart or SequenceStart => 1,
                MappingEnd or SequenceEnd => -1,
                _ => 0,
            };
            if (depth > MaximumDepth)
                throw new YamlException(parser.Current!.Start, parser.Current.End, $"values are nested more than {MaximumDepth} deep");
        }
    }
}

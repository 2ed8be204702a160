using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Models.Runner.Cli;

/// <summary>Reads the yaml map of <c>--vars</c> or <c>--args</c>, as template values.</summary>
internal static class CommandLineVars
{
    public static IReadOnlyDictionary<string, object?> Parse(string? text, string flag = "--vars")
    {
        if (string.IsNullOrWhiteSpace(text))
            return new Dictionary<string, object?>();

        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            if (yaml.Documents is [{ RootNode: YamlMappingNode map }])
                return (IReadOnlyDictionary<string, object?>)Read(map)!;
        }
        catch (YamlException mistake)
        {
            throw new RunException($"{flag} is not a yaml map: {mistake.Message}", mistake);
        }

        throw new RunException($"{flag} is a yaml map such as '{{start: 2024-01-01}}', not '{text}'.");
    }

    private static object? Read(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.ToDictionary(p => ((YamlScalarNode)p.Key).Value ?? "", p => Read(p.Value)),
        YamlSequenceNode list => list.Children.Select(Read).ToList(),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => ReadPlain(scalar.Value ?? ""),
        YamlScalarNode scalar => scalar.Value,
        _ => null,
    };

    private static object? ReadPlain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => text,
    };
}

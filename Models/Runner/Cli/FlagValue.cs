using System.Globalization;
using System.Text;
using System.Text.Json;
using Models.Runner.State;

namespace Models.Runner.Cli;

/// <summary>A flag's value of an artifact or a yaml file, as it would be written on a command line.</summary>
internal static class FlagValue
{
    public static string Text(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Json(value),
    };

    private static string Json(object value)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            ArtifactValues.Write(json, value);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

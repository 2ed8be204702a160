using System.Globalization;
using System.Text;
using System.Text.Json;
using Models.Engine.State;

namespace Models.Runner.Flags;

/// <summary>Converts a flag's value from an artifact or a YAML file to its form on a command line.</summary>
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

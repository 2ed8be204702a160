using System.Text.Json;
using Models.Project.Graph;
using Models.Rendering.Context;

namespace Models.Artifacts;

/// <summary>Writes the raw and compiled code of a node, and its checksum.</summary>
internal sealed class ManifestCode(Utf8JsonWriter json, ICompiledSql compiled)
{
    public void WriteCode(Node node)
    {
        if (NodeChecksum.Of(node) is { } checksum)
        {
            json.WriteStartObject("checksum");
            json.WriteString("name", checksum.Name);
            json.WriteString("checksum", checksum.Value);
            json.WriteEndObject();
        }

        if (node is not ITemplatedNode templated)
            return;

        json.WriteString("language", "sql");
        json.WriteString("raw_code", NodeDictionary.RawCode(templated));
        var sql = compiled.TextOf(node.UniqueId);
        json.WriteBoolean("compiled", sql is not null);
        if (sql is null)
            return;

        json.WriteString("compiled_code", sql);
        json.WriteBoolean("extra_ctes_injected", value: true);
        json.WriteStartArray("extra_ctes");
        json.WriteEndArray();
    }
}

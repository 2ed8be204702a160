using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Models.Compiler.Context;
using Models.Compiler.Graph;

namespace Models.Compiler.Artifacts;

/// <summary>Writes the template of a manifest's node, what it was compiled to, and by what a change of it is noticed.</summary>
internal sealed class ManifestCode(Utf8JsonWriter json, ICompiledSql compiled)
{
    public void WriteCode(Node node)
    {
        if (node is SeedNode seed)
            WriteChecksum(seed);
        if (node is not ITemplatedNode templated)
            return;

        json.WriteString("language", "sql");
        json.WriteString("raw_code", NodeDictionary.RawCode(templated));
        json.WriteStartObject("checksum");
        json.WriteString("name", "sha256");
        json.WriteString("checksum", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(templated.Source.Text.Trim()))));
        json.WriteEndObject();
        var sql = compiled.TextOf(node.UniqueId);
        json.WriteBoolean("compiled", sql is not null);
        if (sql is null)
            return;

        json.WriteString("compiled_code", sql);
        json.WriteBoolean("extra_ctes_injected", value: true);
        json.WriteStartArray("extra_ctes");
        json.WriteEndArray();
    }

    /// <summary>A seed's content, so that a change of it is noticed; a large file is known by its path alone, as in dbt.</summary>
    private void WriteChecksum(SeedNode seed)
    {
        const int largest = 1024 * 1024;
        var file = new FileInfo(seed.FilePath);
        var isSmall = file.Exists && file.Length < largest;
        json.WriteStartObject("checksum");
        json.WriteString("name", isSmall ? "sha256" : "path");
        json.WriteString("checksum", isSmall ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(seed.FilePath))) : seed.OriginalFilePath);
        json.WriteEndObject();
    }
}

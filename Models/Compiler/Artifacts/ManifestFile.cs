using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Models.Compiler.Analysis;
using Models.Compiler.Context;

namespace Models.Compiler.Artifacts;

/// <summary>
/// Writes manifest.json in dbt's schema, version 12. The metadata stands last and holds a hash of the rest, so that a file whose content
/// would stay the same is left alone.
/// </summary>
public static class ManifestFile
{
    private const string SchemaVersion = "https://schemas.getdbt.com/dbt/manifest/v12.json";
    private const string HashName = "LEADLINE_CONTENT_SHA256";
    private const int TailLength = 2048;

    /// <param name="project">The project.</param>
    /// <param name="compiled">Compiled SQL by unique id, for the nodes that have it.</param>
    /// <param name="analysed">Columns and lineage by unique id; empty where nothing was analysed.</param>
    /// <param name="path">The file.</param>
    public static void Write(
        ParsedProject project, IReadOnlyDictionary<string, string> compiled, IReadOnlyDictionary<string, AnalysedNode> analysed, string path)
    {
        var temporary = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.new";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            string hash;
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 65536))
                hash = WriteContent(project, compiled, analysed, stream);

            if (!HasContent(path, hash))
                File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static string WriteContent(
        ParsedProject project, IReadOnlyDictionary<string, string> compiled, IReadOnlyDictionary<string, AnalysedNode> analysed, Stream stream)
    {
        using var sha = SHA256.Create();
        using var hashing = new CryptoStream(stream, sha, CryptoStreamMode.Write, leaveOpen: true);
        var open = "{";
        foreach (var section in new ManifestSections(project, compiled, analysed).All)
        {
            hashing.Write(Encoding.UTF8.GetBytes($"{open}\"{section.Name}\":{{"));
            var isFirst = true;
            foreach (var part in section.Render())
            {
                if (!isFirst)
                    hashing.Write(","u8);

                hashing.Write(part.Span);
                isFirst = false;
            }

            hashing.Write("}"u8);
            open = ",";
        }

        hashing.FlushFinalBlock();
        var hash = Convert.ToHexStringLower(sha.Hash!);
        stream.Write(Encoding.UTF8.GetBytes($",\"metadata\":{Metadata(project, hash)}}}"));
        return hash;
    }

    private static string Metadata(ParsedProject project, string hash)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("dbt_schema_version", SchemaVersion);
            json.WriteString("dbt_version", DbtNames.DbtVersion);
            json.WriteString("generated_at", TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ"));
            json.WriteString("invocation_id", Guid.NewGuid().ToString());
            json.WriteString("project_name", project.Name);
            json.WriteString("adapter_type", "postgres");
            json.WriteStartObject("env");
            json.WriteString(HashName, hash);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static bool HasContent(string path, string hash)
    {
        if (!File.Exists(path))
            return false;

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Seek(-Math.Min(TailLength, stream.Length), SeekOrigin.End);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Contains($"\"{HashName}\":\"{hash}\"", StringComparison.Ordinal);
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Models.Compiler.Analysis;
using Models.Compiler.Graph;

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
        using var json = new Utf8JsonWriter(hashing, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        var nodes = new ManifestNodes(json, project, compiled, analysed);

        json.WriteStartObject();
        WriteAll<Node>(json, "nodes", project, n => n is not (SourceNode or ExposureNode or UnitTestNode), nodes.WriteNode);
        WriteAll<SourceNode>(json, "sources", project, _ => true, nodes.WriteSource);
        WriteMacros(json, project);
        WriteAll<ExposureNode>(json, "exposures", project, _ => true, nodes.WriteExposure);
        WriteAll<UnitTestNode>(json, "unit_tests", project, _ => true, nodes.WriteUnitTest);
        foreach (var empty in new[] { "docs", "metrics", "groups", "selectors", "disabled", "group_map", "saved_queries", "semantic_models" })
        {
            json.WriteStartObject(empty);
            json.WriteEndObject();
        }

        WriteMap(json, "parent_map", project, project.Graph.Parents);
        WriteMap(json, "child_map", project, project.Graph.Children);

        json.Flush();
        hashing.FlushFinalBlock();
        var hash = Convert.ToHexStringLower(sha.Hash!);
        stream.Write(Encoding.UTF8.GetBytes($",\"metadata\":{Metadata(project, hash)}}}"));
        return hash;
    }

    private static void WriteAll<TNode>(Utf8JsonWriter json, string name, ParsedProject project, Func<TNode, bool> isMeant, Action<TNode> write)
        where TNode : Node
    {
        json.WriteStartObject(name);
        foreach (var node in project.Graph.InOrder)
        {
            if (node is TNode wanted && isMeant(wanted))
                write(wanted);
        }

        json.WriteEndObject();
    }

    private static void WriteMacros(Utf8JsonWriter json, ParsedProject project)
    {
        json.WriteStartObject("macros");
        foreach (var macro in project.Macros)
        {
            json.WriteStartObject(macro.UniqueId);
            json.WriteString("unique_id", macro.UniqueId);
            json.WriteString("name", macro.Name);
            json.WriteString("resource_type", "macro");
            json.WriteString("package_name", macro.PackageName);
            json.WriteString("path", macro.OriginalFilePath);
            json.WriteString("original_file_path", macro.OriginalFilePath);
            json.WriteString("macro_sql", macro.Sql);
            json.WriteString("description", macro.Description);
            json.WriteProperty("meta", macro.Meta);
            json.WriteString("patch_path", macro.PatchPath);
            json.WriteStartArray("arguments");
            foreach (var argument in macro.Arguments)
            {
                json.WriteStartObject();
                json.WriteString("name", argument.Name);
                json.WriteString("type", argument.Type);
                json.WriteString("description", argument.Description);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteMap(Utf8JsonWriter json, string name, ParsedProject project, Func<string, IReadOnlyList<string>> related)
    {
        json.WriteStartObject(name);
        foreach (var node in project.Graph.InOrder)
            json.WriteTexts(node.UniqueId, related(node.UniqueId));

        json.WriteEndObject();
    }

    private static string Metadata(ParsedProject project, string hash)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("dbt_schema_version", SchemaVersion);
            json.WriteString("dbt_version", "1.10.0");
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

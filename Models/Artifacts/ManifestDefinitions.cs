using System.Text.Json;
using Models.Project.Graph;
using Models.Rendering.Nodes;

namespace Models.Artifacts;

/// <summary>Writes the parts of a manifest that are not nodes: macros, docs blocks, groups and lists of ids.</summary>
internal sealed class ManifestDefinitions(Utf8JsonWriter json)
{
    public void WriteMacro(MacroDefinition macro)
    {
        WriteIdentity(macro.UniqueId, macro.Name, "macro", macro.PackageName, macro.OriginalFilePath);
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

    public void WriteDoc(DocDefinition doc)
    {
        WriteIdentity(doc.UniqueId, doc.Name, "doc", doc.PackageName, doc.OriginalFilePath);
        json.WriteString("block_contents", doc.Text);
        json.WriteEndObject();
    }

    public void WriteGroup(GroupDefinition group)
    {
        WriteIdentity(group.UniqueId, group.Name, "group", group.PackageName, group.OriginalFilePath);
        json.WriteProperty("owner", group.Owner);
        json.WriteString("description", group.Description);
        json.WriteEndObject();
    }

    public void WriteIds(string name, IEnumerable<string> ids) => json.WriteTexts(name, ids);

    private void WriteIdentity(string uniqueId, string name, string type, string package, string path)
    {
        json.WriteStartObject(uniqueId);
        json.WriteString("unique_id", uniqueId);
        json.WriteString("name", name);
        json.WriteString("resource_type", type);
        json.WriteString("package_name", package);
        json.WriteString("path", path);
        json.WriteString("original_file_path", path);
    }
}

using Models.Parsing.Properties;
using Models.Project.Graph;
using Models.Project.Store;

namespace Models.Parsing.PartialParsing;

/// <summary>Reads and writes the part of a record that is not nodes.</summary>
internal static class RecordHead
{
    public static void Write(StoreWriter writer, ParseRecord record)
    {
        writer.Digest(record.Key);
        writer.OptionalDigest(record.Invocation);
        Write(writer, record.Environment);
        Write(writer, record.Files);
        writer.Texts(record.AlwaysReparse);
        writer.Number(record.NodeCount);
        writer.Number(record.Diagnostics.Count);
        foreach (var diagnostic in record.Diagnostics)
            writer.Diagnostic(diagnostic);

        writer.Number(record.Docs.Count);
        foreach (var doc in record.Docs)
            writer.Texts([doc.UniqueId, doc.Name, doc.PackageName, doc.OriginalFilePath, doc.Text]);

        writer.Number(record.Groups.Count);
        foreach (var group in record.Groups)
        {
            writer.Texts([group.UniqueId, group.Name, group.PackageName, group.OriginalFilePath, group.Description]);
            writer.Map(group.Owner);
        }

        writer.Number(record.Macros.Count);
        foreach (var macro in record.Macros)
            Write(writer, macro);
    }

    public static ParseRecord Read(StoreReader reader) => new()
    {
        Key = reader.Digest(),
        Invocation = reader.OptionalDigest(),
        Environment = reader.Items(ReadNamed),
        Files = reader.Items(ReadNamed),
        AlwaysReparse = reader.Texts().ToHashSet(StringComparer.Ordinal),
        NodeCount = reader.Number(),
        Diagnostics = reader.Items(r => r.Diagnostic()),
        Docs = reader.Items(ReadDoc),
        Groups = reader.Items(ReadGroup),
        Macros = reader.Items(ReadMacro),
    };

    private static void Write(StoreWriter writer, IReadOnlyList<NamedContent> named)
    {
        writer.Number(named.Count);
        foreach (var (name, digest) in named)
        {
            writer.Text(name);
            writer.OptionalDigest(digest);
        }
    }

    private static NamedContent ReadNamed(StoreReader reader) => new(reader.Text(), reader.OptionalDigest());

    private static DocDefinition ReadDoc(StoreReader reader)
    {
        var texts = reader.Texts();
        return new DocDefinition(texts[0], texts[1], texts[2], texts[3], texts[4]);
    }

    private static GroupDefinition ReadGroup(StoreReader reader)
    {
        var texts = reader.Texts();
        return new GroupDefinition(texts[0], texts[1], texts[2], texts[3], reader.Map(), texts[4]);
    }

    private static void Write(StoreWriter writer, MacroDescription macro)
    {
        writer.Text(macro.UniqueId);
        writer.Text(macro.Description);
        writer.Map(macro.Meta);
        writer.Text(macro.PatchPath);
        writer.Number(macro.Arguments.Count);
        foreach (var argument in macro.Arguments)
        {
            writer.Text(argument.Name);
            writer.OptionalText(argument.Type);
            writer.Text(argument.Description);
        }
    }

    private static MacroDescription ReadMacro(StoreReader reader) => new(
        reader.Text(), reader.Text(), reader.Map(), reader.Text(), reader.Items(r => new MacroArgument(r.Text(), r.OptionalText(), r.Text())));
}

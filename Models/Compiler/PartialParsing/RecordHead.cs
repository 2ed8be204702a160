using Models.Compiler.Diagnostics;

namespace Models.Compiler.PartialParsing;

/// <summary>Everything of a record that is not a node.</summary>
internal static class RecordHead
{
    public static void Write(RecordWriter writer, ParseRecord record)
    {
        writer.Digest(record.Key);
        OptionalDigest(writer, record.Invocation);
        Write(writer, record.Environment);
        Write(writer, record.Files);
        writer.Texts(record.AlwaysReparse);
        writer.Number(record.NodeCount);
        writer.Number(record.Diagnostics.Count);
        foreach (var diagnostic in record.Diagnostics)
            Write(writer, diagnostic);

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

    public static ParseRecord Read(RecordReader reader) => new()
    {
        Key = reader.Digest(),
        Invocation = OptionalDigest(reader),
        Environment = Items(reader, ReadNamed),
        Files = Items(reader, ReadNamed),
        AlwaysReparse = reader.Texts().ToHashSet(StringComparer.Ordinal),
        NodeCount = reader.Number(),
        Diagnostics = Items(reader, ReadDiagnostic),
        Docs = Items(reader, ReadDoc),
        Groups = Items(reader, ReadGroup),
        Macros = Items(reader, ReadMacro),
    };

    private static void Write(RecordWriter writer, IReadOnlyList<NamedContent> named)
    {
        writer.Number(named.Count);
        foreach (var (name, digest) in named)
        {
            writer.Text(name);
            OptionalDigest(writer, digest);
        }
    }

    private static NamedContent ReadNamed(RecordReader reader) => new(reader.Text(), OptionalDigest(reader));

    private static void OptionalDigest(RecordWriter writer, Digest? digest)
    {
        writer.Flag(digest is not null);
        if (digest is { } given)
            writer.Digest(given);
    }

    private static Digest? OptionalDigest(RecordReader reader) => reader.Flag() ? reader.Digest() : null;

    private static void Write(RecordWriter writer, Diagnostic diagnostic)
    {
        writer.Text(diagnostic.Id);
        writer.Number((int)diagnostic.Severity);
        writer.Text(diagnostic.Descriptor.Format);
        writer.Span(diagnostic.Span);
        writer.Texts(diagnostic.Arguments);
    }

    private static Diagnostic ReadDiagnostic(RecordReader reader)
    {
        var descriptor = new DiagnosticDescriptor(reader.Text(), (DiagnosticSeverity)reader.Number(), reader.Text());
        return Diagnostic.Create(descriptor, reader.Span(), reader.Texts());
    }

    private static DocDefinition ReadDoc(RecordReader reader)
    {
        var texts = reader.Texts();
        return new DocDefinition(texts[0], texts[1], texts[2], texts[3], texts[4]);
    }

    private static GroupDefinition ReadGroup(RecordReader reader)
    {
        var texts = reader.Texts();
        return new GroupDefinition(texts[0], texts[1], texts[2], texts[3], reader.Map(), texts[4]);
    }

    private static void Write(RecordWriter writer, MacroDescription macro)
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

    private static MacroDescription ReadMacro(RecordReader reader) => new(
        reader.Text(), reader.Text(), reader.Map(), reader.Text(), Items(reader, r => new MacroArgument(r.Text(), r.OptionalText(), r.Text())));

    private static T[] Items<T>(RecordReader reader, Func<RecordReader, T> read)
    {
        var items = new T[reader.Number()];
        for (var i = 0; i < items.Length; i++)
            items[i] = read(reader);

        return items;
    }
}

using Models.Contracts;

namespace Models.Project.Graph;

/// <summary>
/// A table, view or materialised view in a database. Its names are those the server has, so that two spellings of one relation are
/// equal; how a project writes it is in <see cref="Spelling"/>.
/// </summary>
public sealed record Relation(string Database, string Schema, string Identifier)
{
    /// <summary>The parts that are written without quotes; null where all are quoted.</summary>
    public RelationSpelling? Spelling { get; init; }

    /// <summary>Schema and identifier, quoted: what statements of ours use inside one database.</summary>
    public string QuotedName => $"{Quote(Schema)}.{Quote(Identifier)}";

    /// <summary>The names in the letter case of the project, which artifacts and templates show.</summary>
    public Relation AsWritten => Spelling is null
        ? this
        : new Relation(Written(Spelling.Database, Database), Written(Spelling.Schema, Schema), Written(Spelling.Identifier, Identifier));

    /// <summary>All three parts as a template prints them for <c>{{ ref('x') }}</c>: quoted, unless the project says otherwise.</summary>
    public override string ToString() =>
        $"{Part(Spelling?.Database, Database)}.{Part(Spelling?.Schema, Schema)}.{Part(Spelling?.Identifier, Identifier)}";

    /// <summary>The relation of these names where <paramref name="printed"/>, an artifact's <c>relation_name</c>, is how it is written.</summary>
    public Relation SpelledLike(string printed)
    {
        var spelling = new RelationSpelling(
            printed.StartsWith($"{Database}.", StringComparison.Ordinal) ? Database : null,
            printed.Contains($".{Schema}.", StringComparison.Ordinal) ? Schema : null,
            printed.EndsWith($".{Identifier}", StringComparison.Ordinal) ? Identifier : null);
        return spelling is { Database: null, Schema: null, Identifier: null }
            ? this
            : new Relation(Fold(Database, spelling.Database), Fold(Schema, spelling.Schema), Fold(Identifier, spelling.Identifier)) { Spelling = spelling };
    }

    public bool Equals(Relation? other) => other is not null && Database == other.Database && Schema == other.Schema && Identifier == other.Identifier;

    public override int GetHashCode() => HashCode.Combine(Database, Schema, Identifier);

    /// <summary>A quoted identifier: <see cref="SqlIdentifier.Quote"/>.</summary>
    public static string Quote(string identifier) => SqlIdentifier.Quote(identifier);

    /// <summary>What the server takes an identifier for that is not quoted: letters of ASCII become small, others stay.</summary>
    public static string Fold(string identifier) => string.Concat(identifier.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c));

    /// <summary>What the server takes a name for that stands in a statement as it is written: quotes of its own count, without them it is folded.</summary>
    public static string NameOf(string written) => written is ['"', .. { Length: > 0 } inner, '"'] ? inner.Replace("\"\"", "\"") : Fold(written);

    /// <summary>A column as a statement names it: a plain name quoted, so that it may be a word of the language; an expression as it is written.</summary>
    public static string ColumnOf(string written) =>
        written is ['"', _, .., '"'] || !written.All(c => char.IsLetterOrDigit(c) || c == '_') ? written : Quote(Fold(written));

    private static string Fold(string name, string? unquoted) => unquoted is null ? name : Fold(name);

    private static string Written(string? written, string name) => RelationSpelling.Of(written, name) ?? name;

    private static string Part(string? written, string name) => RelationSpelling.Of(written, name) ?? Quote(name);
}

using Models.Contracts;

namespace Models.Project.Graph;

/// <summary>
/// A table, view or materialized view in a database. Names are stored as the server has them, so that two spellings of one relation are equal; <see
/// cref="Spelling"/> has the project's spelling.
/// </summary>
public sealed record Relation(string Database, string Schema, string Identifier)
{
    /// <summary>The parts that are written without quotes; null if all are quoted.</summary>
    public RelationSpelling? Spelling { get; init; }

    /// <summary>Schema and identifier, quoted, for our own statements within one database.</summary>
    public string QuotedName => $"{Quote(Schema)}.{Quote(Identifier)}";

    /// <summary>The relation with names in the project's letter case, for artifacts and templates.</summary>
    public Relation AsWritten => Spelling is null
        ? this
        : new Relation(Written(Spelling.Database, Database), Written(Spelling.Schema, Schema), Written(Spelling.Identifier, Identifier));

    /// <summary>All three parts as <c>{{ ref('x') }}</c> prints them: quoted unless the project disables quoting.</summary>
    public override string ToString() =>
        $"{Part(Spelling?.Database, Database)}.{Part(Spelling?.Schema, Schema)}.{Part(Spelling?.Identifier, Identifier)}";

    /// <summary>Returns this relation with the spelling of <paramref name="printed"/>, the <c>relation_name</c> in an artifact.</summary>
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

    /// <summary>Quotes an identifier: <see cref="SqlIdentifier.Quote"/>.</summary>
    public static string Quote(string identifier) => SqlIdentifier.Quote(identifier);

    /// <summary>Folds an unquoted identifier as the server does: ASCII letters become lower case, others are kept.</summary>
    public static string Fold(string identifier) => string.Concat(identifier.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c));

    /// <summary>Converts a name as written in a statement to the server's name: quotes are removed, an unquoted name is folded.</summary>
    public static string NameOf(string written) => written is ['"', .. { Length: > 0 } inner, '"'] ? inner.Replace("\"\"", "\"") : Fold(written);

    /// <summary>Writes a column for a statement: a plain name is quoted, so that it may be a keyword; an expression is kept as written.</summary>
    public static string ColumnOf(string written) =>
        written is ['"', _, .., '"'] || !written.All(c => char.IsLetterOrDigit(c) || c == '_') ? written : Quote(Fold(written));

    private static string Fold(string name, string? unquoted) => unquoted is null ? name : Fold(name);

    private static string Written(string? written, string name) => RelationSpelling.Of(written, name) ?? name;

    private static string Part(string? written, string name) => RelationSpelling.Of(written, name) ?? Quote(name);
}

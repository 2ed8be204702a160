namespace Models.Jinja.Lexing;

/// <summary>The settings of Jinja's environment that affect how a template is parsed.</summary>
public sealed record TemplateSyntax
{
    /// <summary>Jinja's own defaults.</summary>
    public static TemplateSyntax Jinja { get; } = new();

    /// <summary>dbt's language: <c>do</c>, <c>return</c>, and the blocks <c>test</c>, <c>materialization</c>, <c>snapshot</c> and <c>docs</c>.</summary>
    public static TemplateSyntax Dbt { get; } = new() { DbtBlocks = true, FurtherFilters = new HashSet<string>(StringComparer.Ordinal) { "is_list" } };

    public string BlockStart { get; init; } = "{%";

    public string BlockEnd { get; init; } = "%}";

    public string VariableStart { get; init; } = "{{";

    public string VariableEnd { get; init; } = "}}";

    public string CommentStart { get; init; } = "{#";

    public string CommentEnd { get; init; } = "#}";

    /// <summary>The prefix that makes a line a statement; null for none.</summary>
    public string? LineStatementPrefix { get; init; }

    /// <summary>The prefix that starts a comment up to the end of the line; null for none.</summary>
    public string? LineCommentPrefix { get; init; }

    /// <summary>Whether to drop the line break after a block.</summary>
    public bool TrimBlocks { get; init; }

    /// <summary>Whether to drop the whitespace between the start of a line and a block.</summary>
    public bool LstripBlocks { get; init; }

    /// <summary>Whether to keep the last line break of the template.</summary>
    public bool KeepTrailingNewline { get; init; }

    /// <summary>Names of the filters that the host adds at rendering. Any other unknown filter is an error.</summary>
    public IReadOnlySet<string> FurtherFilters { get; init; } = new HashSet<string>();

    /// <summary>
    /// Whether dbt's blocks and <c>return</c> are recognized. A macro's name is then not bound in its own file: calls are looked up outside, so that
    /// a root project can override a package's macro.
    /// </summary>
    public bool DbtBlocks { get; init; }
}

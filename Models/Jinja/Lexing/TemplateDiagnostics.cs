using Models.Diagnostics;

namespace Models.Jinja.Lexing;

/// <summary>MDL2xxx: errors in templates. MDL20xx are found while parsing, MDL21xx while rendering.</summary>
public static class TemplateDiagnostics
{
    private static readonly DiagnosticDescriptor UnexpectedTokenDescriptor = Error("MDL2001", "found {0}, expected {1}");
    private static readonly DiagnosticDescriptor UnexpectedCharacterDescriptor = Error("MDL2002", "the character '{0}' has no meaning here");
    private static readonly DiagnosticDescriptor UnterminatedStringDescriptor = Error("MDL2003", "this string is never closed: add {0}");
    private static readonly DiagnosticDescriptor UnterminatedTagDescriptor = Error("MDL2004", "'{0}' is never closed: add '{1}'");
    private static readonly DiagnosticDescriptor UnclosedBlockDescriptor = Error("MDL2005", "the block '{0}' is never closed: add {1}");
    private static readonly DiagnosticDescriptor UnknownTagDescriptor = Error("MDL2006", "unknown tag '{0}'{1}");
    private static readonly DiagnosticDescriptor StrayTagDescriptor = Error("MDL2007", "'{0}' has nothing to end here{1}");
    private static readonly DiagnosticDescriptor BracketDescriptor = Error("MDL2008", "found '{0}', expected '{1}' to close the bracket before it");
    private static readonly DiagnosticDescriptor NestingDescriptor = Error("MDL2009", "nested more than {0} levels deep: split this into macros or variables");
    private static readonly DiagnosticDescriptor SyntaxDescriptor = Error("MDL2010", "{0}");
    private static readonly DiagnosticDescriptor UndefinedDescriptor = Error("MDL2101", "{1}{0}");
    private static readonly DiagnosticDescriptor NotCallableDescriptor = Error("MDL2102", "{1} cannot be called{0}");
    private static readonly DiagnosticDescriptor TypeDescriptor = Error("MDL2103", "{1}{0}");
    private static readonly DiagnosticDescriptor ArgumentsDescriptor = Error("MDL2104", "{1}{0}");
    private static readonly DiagnosticDescriptor LimitDescriptor = Error("MDL2105", "{1}{0}");
    private static readonly DiagnosticDescriptor ValueDescriptor = Error("MDL2106", "{1}{0}");
    private static readonly DiagnosticDescriptor UnknownTemplateDescriptor = Error("MDL2107", "there is no template '{1}'{0}");
    private static readonly DiagnosticDescriptor ReturnDescriptor = Error("MDL2108", "return() is used outside of a macro{0}");
    private static readonly DiagnosticDescriptor UnknownFilterDescriptor = Error("MDL2109", "unknown filter '{1}'{2}{0}");
    private static readonly DiagnosticDescriptor UnknownTestDescriptor = Error("MDL2110", "unknown test '{1}'{2}{0}");

    public static Diagnostic UnexpectedToken(SourceSpan span, string found, string expected) =>
        Create(UnexpectedTokenDescriptor, span, found, expected);

    public static Diagnostic UnexpectedCharacter(SourceSpan span, char character) =>
        Create(UnexpectedCharacterDescriptor, span, char.IsControl(character) ? $"U+{(int)character:X4}" : character.ToString());

    public static Diagnostic UnterminatedString(SourceSpan span, char quote) =>
        Create(UnterminatedStringDescriptor, span, quote.ToString());

    public static Diagnostic UnterminatedTag(SourceSpan span, string start, string end) =>
        Create(UnterminatedTagDescriptor, span, start, end);

    public static Diagnostic UnclosedBlock(SourceSpan span, string tag, IEnumerable<string> ends) =>
        Create(UnclosedBlockDescriptor, span, tag, string.Join(" or ", ends.Select(e => $"'{e}'")));

    public static Diagnostic UnknownTag(SourceSpan span, string tag, string hint) =>
        Create(UnknownTagDescriptor, span, tag, hint);

    public static Diagnostic StrayTag(SourceSpan span, string tag, string hint) =>
        Create(StrayTagDescriptor, span, tag, hint);

    public static Diagnostic Bracket(SourceSpan span, string found, string expected) =>
        Create(BracketDescriptor, span, found, expected);

    public static Diagnostic Nesting(SourceSpan span, int limit) => Create(NestingDescriptor, span, limit.ToString());

    /// <summary>A violated grammar rule that needs its own message.</summary>
    public static Diagnostic Syntax(SourceSpan span, string message) => Create(SyntaxDescriptor, span, message);

    /// <param name="span">Where the value is used.</param>
    /// <param name="trail">The macro calls that led to the value, as a trailing clause; empty outside of macros.</param>
    /// <param name="description">For example <c>'x' is undefined</c>.</param>
    public static Diagnostic Undefined(SourceSpan span, string trail, string description) =>
        Create(UndefinedDescriptor, span, trail, description);

    public static Diagnostic NotCallable(SourceSpan span, string trail, string what) =>
        Create(NotCallableDescriptor, span, trail, what);

    /// <summary>An operation that its operands' types do not support.</summary>
    public static Diagnostic Type(SourceSpan span, string trail, string message) => Create(TypeDescriptor, span, trail, message);

    public static Diagnostic Arguments(SourceSpan span, string trail, string message) =>
        Create(ArgumentsDescriptor, span, trail, message);

    /// <summary>A loop, recursion or value that exceeds a limit.</summary>
    public static Diagnostic Limit(SourceSpan span, string trail, string message) => Create(LimitDescriptor, span, trail, message);

    /// <summary>A value that a filter, function or operation does not accept.</summary>
    public static Diagnostic Value(SourceSpan span, string trail, string message) => Create(ValueDescriptor, span, trail, message);

    public static Diagnostic UnknownTemplate(SourceSpan span, string trail, string name) =>
        Create(UnknownTemplateDescriptor, span, trail, name);

    public static Diagnostic ReturnOutsideMacro(SourceSpan span, string trail) => Create(ReturnDescriptor, span, trail);

    public static Diagnostic UnknownFilter(SourceSpan span, string trail, string name, string hint) =>
        Create(UnknownFilterDescriptor, span, trail, name, hint);

    public static Diagnostic UnknownTest(SourceSpan span, string trail, string name, string hint) =>
        Create(UnknownTestDescriptor, span, trail, name, hint);

    /// <summary>Keeps the message on one line, even if it quotes template text with line breaks.</summary>
    private static Diagnostic Create(DiagnosticDescriptor descriptor, SourceSpan span, params ReadOnlySpan<string> arguments)
    {
        var lines = new string[arguments.Length];
        for (var i = 0; i < lines.Length; i++)
            lines[i] = arguments[i].Replace("\r", "\\r").Replace("\n", "\\n");
        return Diagnostic.Create(descriptor, span, lines);
    }

    private static DiagnosticDescriptor Error(string id, string format) => new(id, DiagnosticSeverity.Error, format);
}

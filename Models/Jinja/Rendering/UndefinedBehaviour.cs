namespace Models.Jinja.Rendering;

/// <summary>The operations on an undefined value that are not an error.</summary>
public enum UndefinedBehaviour
{
    /// <summary>Jinja's default: printing (nothing), testing and iterating (no items) are allowed; attributes, calls and arithmetic are errors.</summary>
    Lenient,

    /// <summary>Like lenient, and attributes, items and calls are undefined again.</summary>
    Chainable,

    /// <summary>Like lenient, but printing is an error.</summary>
    PrintingFails,

    /// <summary>Only <c>is defined</c>, <c>is undefined</c> and <c>default</c> are allowed.</summary>
    Strict,
}

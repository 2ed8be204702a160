namespace Models.Jinja.Rendering;

/// <summary>What a template may do with an undefined value without an error.</summary>
public enum UndefinedBehaviour
{
    /// <summary>Jinja's default: print it (nothing), test it, loop over it (no items); not read from it, call it or compute with it.</summary>
    Lenient,

    /// <summary>As lenient, and attributes, items and calls of it are undefined again.</summary>
    Chainable,

    /// <summary>As lenient, but printing it is an error.</summary>
    PrintingFails,

    /// <summary>Only <c>is defined</c>, <c>is undefined</c> and <c>default</c> may see it.</summary>
    Strict,
}

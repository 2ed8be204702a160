namespace Models.Jinja.Rendering;

/// <summary>
/// A host function or a macro: <c>{{ f(1, name='x') }}</c>. A value a template sees is one of: null (None), bool, long,
/// BigInteger, double, decimal, string, JinjaList, JinjaTuple, JinjaDict, JinjaSet, Undefined, Markup-free text from macros
/// (string), an <see cref="IJinjaObject"/> or an <see cref="IJinjaCallable"/>.
/// </summary>
public interface IJinjaCallable
{
    /// <param name="context">The rendering in progress: its scopes, current span and limits.</param>
    /// <param name="arguments">Evaluated arguments in the order written.</param>
    /// <exception cref="Models.Diagnostics.DiagnosticException">A user error, reported at the call.</exception>
    object? Call(CallContext context, CallArguments arguments);
}

using Models.Diagnostics;
using Models.Jinja.Lexing;
using Models.Jinja.Rendering;

namespace Models.Jinja.Tests;

/// <summary>What a host can allow templates to do with undefined values.</summary>
public sealed class UndefinedBehaviourTests
{
    private const string Fails = "fails";

    /// <summary>Expression, then what each behaviour makes of it.</summary>
    public static TheoryData<string, string, string, string, string> Cases { get; } = new()
    {
        // expression, lenient, chainable, printing fails, strict
        { "x", "", "", Fails, Fails },
        { "x.a", Fails, "", Fails, Fails },
        { "x['a'].b", Fails, "", Fails, Fails },
        { "x[0]", Fails, "", Fails, Fails },
        { "x(1)", Fails, "", Fails, Fails },
        { "x is defined", "False", "False", "False", "False" },
        { "x is not defined", "True", "True", "True", "True" },
        { "x | default('d')", "d", "d", "d", "d" },
        { "x.a | default('d')", Fails, "d", Fails, Fails },
        { "'yes' if x else 'no'", "no", "no", "no", Fails },
        { "not x", "True", "True", "True", Fails },
        { "x == 1", "False", "False", "False", Fails },
        { "x | list", "[]", "[]", "[]", Fails },
        { "x | length", "0", "0", "0", Fails },
        { "x ~ 'a'", "a", "a", Fails, Fails },
        { "x + 1", Fails, Fails, Fails, Fails },
        { "x < 1", Fails, Fails, Fails, Fails },
        { "'' if false", "", "", "", "" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_behaviour_allows_what_it_says(string expression, string lenient, string chainable, string printingFails, string strict)
    {
        Result(expression, UndefinedBehaviour.Lenient).ShouldBe(lenient);
        Result(expression, UndefinedBehaviour.Chainable).ShouldBe(chainable);
        Result(expression, UndefinedBehaviour.PrintingFails).ShouldBe(printingFails);
        Result(expression, UndefinedBehaviour.Strict).ShouldBe(strict);
    }

    private static string Result(string expression, UndefinedBehaviour behaviour)
    {
        try
        {
            return Jinja.Parse("{{ " + expression + " }}", TemplateSyntax.Jinja).Render(new RenderOptions { Undefined = behaviour }).Text;
        }
        catch (DiagnosticException e)
        {
            e.Diagnostic.Id.ShouldBe("MDL2101");
            return Fails;
        }
    }
}

using Models.Diagnostics;

namespace Models.Compiler.Predictions;

/// <summary>Mistakes in the declaration of a prediction (<c>meta: {leadline: {prediction: ...}}</c>): MDL65xx.</summary>
internal static class PredictionDiagnostics
{
    private static readonly DiagnosticDescriptor MalformedDescriptor = Error("MDL6501", "'{0}' of the prediction is {1}; expected is {2}");
    private static readonly DiagnosticDescriptor MissingDescriptor = Error("MDL6502", "The prediction of model '{0}' has no '{1}'; add {2}");
    private static readonly DiagnosticDescriptor UnknownDescriptor = Error("MDL6503", "A prediction has no setting '{0}'{1}");
    private static readonly DiagnosticDescriptor ColumnDescriptor = Error(
        "MDL6504", "Column '{0}', named by '{1}' of the prediction, does not exist in model '{2}'{3}");
    private static readonly DiagnosticDescriptor TypeDescriptor = Error(
        "MDL6505", "Column '{0}' of model '{1}' is {2}, but '{3}' of the prediction needs {4}; cast it in the model");
    private static readonly DiagnosticDescriptor TwiceDescriptor = Error("MDL6506", "'{0}' is declared twice: as {1}, and as {2}");
    private static readonly DiagnosticDescriptor PlaceDescriptor = Error(
        "MDL6507", "The prediction of model '{0}' is not declared in a properties file of the project; write it under 'meta' there, so that it is checked");

    private static readonly DiagnosticDescriptor NoModelDescriptor = Error("MDL6508", "'watch' of the prediction is {0}, which is no model of the project{1}");

    public static Diagnostic Malformed(SourceSpan span, string setting, string found, string expected) =>
        Diagnostic.Create(MalformedDescriptor, span, setting, found, expected);

    public static Diagnostic Missing(SourceSpan span, string model, string setting, string example) =>
        Diagnostic.Create(MissingDescriptor, span, model, setting, example);

    public static Diagnostic Unknown(SourceSpan span, string setting, IEnumerable<string> known) =>
        Diagnostic.Create(UnknownDescriptor, span, setting, NearName.Hint(setting, known));

    public static Diagnostic NoColumn(SourceSpan span, string column, string setting, string model, IEnumerable<string> columns) =>
        Diagnostic.Create(ColumnDescriptor, span, column, setting, model, NearName.Hint(column, columns));

    public static Diagnostic OtherType(SourceSpan span, string column, string model, string type, string setting, string expected) =>
        Diagnostic.Create(TypeDescriptor, span, column, model, type, setting, expected);

    public static Diagnostic Twice(SourceSpan span, string name, string one, string other) => Diagnostic.Create(TwiceDescriptor, span, name, one, other);

    public static Diagnostic NoModel(SourceSpan span, string shown, IEnumerable<string> known) =>
        Diagnostic.Create(NoModelDescriptor, span, shown, NearName.Hint(shown.Trim('\''), known));

    public static Diagnostic NotInProperties(SourceSpan span, string model) => Diagnostic.Create(PlaceDescriptor, span, model);

    private static DiagnosticDescriptor Error(string id, string format) => new(id, DiagnosticSeverity.Error, format);
}

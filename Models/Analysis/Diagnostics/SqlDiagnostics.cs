using Models.Diagnostics;

namespace Models.Analysis.Diagnostics;

/// <summary>
/// PostgreSQL's errors in rendered SQL: MDL4xxx statements, MDL5xxx names and types, MDL60xx contracts of models. The last argument of most is the
/// origin of the SQL: empty, or the macro and the model that called it.
/// </summary>
public static class SqlDiagnostics
{
    private static readonly DiagnosticDescriptor RefusedDescriptor = Error("MDL4001", "PostgreSQL refuses {0}: {1}{2}");
    private static readonly DiagnosticDescriptor SyntaxDescriptor = Error("MDL4002", "Syntax error in {0} {1}{2}");
    private static readonly DiagnosticDescriptor GroupingDescriptor = Error(
        "MDL4003", "Column '{0}' of {1} is neither grouped nor aggregated; add it to group by, or aggregate it{2}");
    private static readonly DiagnosticDescriptor DependsOnRowsDescriptor = Warning(
        "MDL4005", "The template of {0} queries rows that exist only at run time, so that it is not type-checked: {1}");
    private static readonly DiagnosticDescriptor NoServerDescriptor = Warning(
        "MDL4010", "The models are rendered but not type-checked, because no PostgreSQL server is available: {0}");
    private static readonly DiagnosticDescriptor ServerLostDescriptor = Error(
        "MDL4011", "PostgreSQL went away twice while it analysed the models: {0}; see that nothing stops it (memory, a time limit), and build again");
    private static readonly DiagnosticDescriptor ServerRefusesDescriptor = Error(
        "MDL4012", "The server given for the analysis cannot be used: {0}; correct the connection string, and see that its role may create databases");
    private static readonly DiagnosticDescriptor UnitTestDescriptor = Error("MDL4020", "Unit test '{0}' of model '{1}' fails: {2}");
    private static readonly DiagnosticDescriptor UnitTestInputDescriptor = Error("MDL4021", "Unit test '{0}' cannot run: {1}");

    private static readonly DiagnosticDescriptor UnknownColumnDescriptor = Error("MDL5001", "Column '{0}' does not exist in {1}{2}{3}");
    private static readonly DiagnosticDescriptor UnknownRelationDescriptor = Error("MDL5002", "Relation '{0}' that {1} reads does not exist{2}{3}");
    private static readonly DiagnosticDescriptor UnknownFunctionDescriptor = Error(
        "MDL5003", "Function '{0}' that {1} calls does not exist{2}; check its name, or cast its arguments{3}");
    private static readonly DiagnosticDescriptor UnknownOperatorDescriptor = Error(
        "MDL5004", "Operator '{0}' in {1} does not exist for these types; cast one side{2}");
    private static readonly DiagnosticDescriptor AmbiguousColumnDescriptor = Error(
        "MDL5005", "Column '{0}' in {1} is ambiguous; put the relation's name or alias before it{2}");
    private static readonly DiagnosticDescriptor UnknownTypeDescriptor = Error("MDL5006", "Type '{0}' in {1} does not exist{2}{3}");
    private static readonly DiagnosticDescriptor TypeMismatchDescriptor = Error("MDL5007", "Types do not fit in {0}: {1}{2}");
    private static readonly DiagnosticDescriptor DuplicateColumnDescriptor = Error(
        "MDL5008", "Column '{0}' occurs twice in {1}; give one of them another name{2}");
    private static readonly DiagnosticDescriptor IncrementalColumnsDescriptor = Error(
        "MDL5009", "Model '{0}' has other columns when it runs incrementally: {1}; make both forms select the same");
    private static readonly DiagnosticDescriptor TestColumnDescriptor = Error("MDL5010", "Test '{0}' is declared on column '{1}', which {2} does not have{3}");
    private static readonly DiagnosticDescriptor UnnamedColumnDescriptor = Warning(
        "MDL5011", "Column {0} of {1} has no name, so that PostgreSQL calls it '?column?'; add 'as name'");
    private static readonly DiagnosticDescriptor DeclaredColumnDescriptor = Warning("MDL5012", "Column '{0}' is described, but {1} does not have it{2}");
    private static readonly DiagnosticDescriptor UnknownSourcesDescriptor = Warning(
        "MDL5013", "The readers of {0} are not type-checked, because the types of some columns are unknown; declare all data_types, or a contract");
    private static readonly DiagnosticDescriptor ColumnTypeDescriptor = Error(
        "MDL5014", "Column '{0}' of {1} is declared with type '{2}', which PostgreSQL does not know: {3}");

    private static readonly DiagnosticDescriptor IncrementalTypesDescriptor = Warning(
        "MDL5015", "Model '{0}' has other columns when it runs incrementally: {1}; make both forms select the same");

    private static readonly DiagnosticDescriptor ContractMissingDescriptor = Error(
        "MDL6001", "The contract of {0} promises column '{1}', which it does not produce{2}");
    private static readonly DiagnosticDescriptor ContractExtraDescriptor = Error(
        "MDL6002", "Column '{1}' of {0} is not in its contract; declare it with its data_type '{2}', or leave it out");
    private static readonly DiagnosticDescriptor ContractTypeDescriptor = Error(
        "MDL6003", "The contract of {0} promises column '{1}' as {2}, but it is {3}; cast it, or change the contract");
    private static readonly DiagnosticDescriptor ContractUntypedDescriptor = Error(
        "MDL6004", "The contract of {0} names column '{1}' without a data_type; add 'data_type: {2}'");

    private static readonly DiagnosticDescriptor ContractRoundsDescriptor = Warning("MDL6005",
        "The contract of {0} stores column '{1}' as {2}, to which values of {3} are rounded; round or cast them in the query, or change the contract");

    public static Diagnostic Refused(SourceSpan span, string owner, string message, string origin) =>
        Diagnostic.Create(RefusedDescriptor, span, owner, message, origin);

    public static Diagnostic Syntax(SourceSpan span, string owner, string near, string origin) =>
        Diagnostic.Create(SyntaxDescriptor, span, owner, near, origin);

    public static Diagnostic Grouping(SourceSpan span, string column, string owner, string origin) =>
        Diagnostic.Create(GroupingDescriptor, span, column, owner, origin);

    public static Diagnostic DependsOnRows(SourceSpan span, string owner, string mistake) =>
        Diagnostic.Create(DependsOnRowsDescriptor, span, owner, mistake);

    public static Diagnostic NoServer(SourceSpan span, string reason) => Diagnostic.Create(NoServerDescriptor, span, reason);

    public static Diagnostic ServerLost(SourceSpan span, string reason) => Diagnostic.Create(ServerLostDescriptor, span, reason);

    public static Diagnostic ServerRefuses(SourceSpan span, string reason) => Diagnostic.Create(ServerRefusesDescriptor, span, reason);

    public static Diagnostic UnitTest(SourceSpan span, string test, string model, string difference) =>
        Diagnostic.Create(UnitTestDescriptor, span, test, model, difference);

    public static Diagnostic UnitTestInput(SourceSpan span, string test, string reason) =>
        Diagnostic.Create(UnitTestInputDescriptor, span, test, reason);

    public static Diagnostic UnknownColumn(SourceSpan span, string column, string owner, string near, string origin) =>
        Diagnostic.Create(UnknownColumnDescriptor, span, column, owner, near, origin);

    public static Diagnostic UnknownRelation(SourceSpan span, string relation, string owner, string near, string origin) =>
        Diagnostic.Create(UnknownRelationDescriptor, span, relation, owner, near, origin);

    public static Diagnostic UnknownFunction(SourceSpan span, string function, string owner, string near, string origin) =>
        Diagnostic.Create(UnknownFunctionDescriptor, span, function, owner, near, origin);

    public static Diagnostic UnknownOperator(SourceSpan span, string operation, string owner, string origin) =>
        Diagnostic.Create(UnknownOperatorDescriptor, span, operation, owner, origin);

    public static Diagnostic AmbiguousColumn(SourceSpan span, string column, string owner, string origin) =>
        Diagnostic.Create(AmbiguousColumnDescriptor, span, column, owner, origin);

    public static Diagnostic UnknownType(SourceSpan span, string type, string owner, string near, string origin) =>
        Diagnostic.Create(UnknownTypeDescriptor, span, type, owner, near, origin);

    public static Diagnostic TypeMismatch(SourceSpan span, string owner, string message, string origin) =>
        Diagnostic.Create(TypeMismatchDescriptor, span, owner, message, origin);

    public static Diagnostic DuplicateColumn(SourceSpan span, string column, string owner, string origin) =>
        Diagnostic.Create(DuplicateColumnDescriptor, span, column, owner, origin);

    public static Diagnostic IncrementalColumns(SourceSpan span, string model, string difference) =>
        Diagnostic.Create(IncrementalColumnsDescriptor, span, model, difference);

    public static Diagnostic IncrementalTypes(SourceSpan span, string model, string difference) =>
        Diagnostic.Create(IncrementalTypesDescriptor, span, model, difference);

    public static Diagnostic TestColumn(SourceSpan span, string test, string column, string owner, string near) =>
        Diagnostic.Create(TestColumnDescriptor, span, test, column, owner, near);

    public static Diagnostic UnnamedColumn(SourceSpan span, string position, string owner) =>
        Diagnostic.Create(UnnamedColumnDescriptor, span, position, owner);

    public static Diagnostic DeclaredColumn(SourceSpan span, string column, string owner, string near) =>
        Diagnostic.Create(DeclaredColumnDescriptor, span, column, owner, near);

    public static Diagnostic UnknownSources(SourceSpan span, string sources) => Diagnostic.Create(UnknownSourcesDescriptor, span, sources);

    public static Diagnostic ColumnType(SourceSpan span, string column, string owner, string type, string reason) =>
        Diagnostic.Create(ColumnTypeDescriptor, span, column, owner, type, reason);

    public static Diagnostic ContractMissing(SourceSpan span, string owner, string column, string near) =>
        Diagnostic.Create(ContractMissingDescriptor, span, owner, column, near);

    public static Diagnostic ContractExtra(SourceSpan span, string owner, string column, string type) =>
        Diagnostic.Create(ContractExtraDescriptor, span, owner, column, type);

    public static Diagnostic ContractType(SourceSpan span, string owner, string column, string promised, string produced) =>
        Diagnostic.Create(ContractTypeDescriptor, span, owner, column, promised, produced);

    public static Diagnostic ContractRounds(SourceSpan span, string owner, string column, string promised, string produced) =>
        Diagnostic.Create(ContractRoundsDescriptor, span, owner, column, promised, produced);

    public static Diagnostic ContractUntyped(SourceSpan span, string owner, string column, string type) =>
        Diagnostic.Create(ContractUntypedDescriptor, span, owner, column, type);

    private static DiagnosticDescriptor Error(string id, string format) => new(id, DiagnosticSeverity.Error, format);

    private static DiagnosticDescriptor Warning(string id, string format) => new(id, DiagnosticSeverity.Warning, format);
}

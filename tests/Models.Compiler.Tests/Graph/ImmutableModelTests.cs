using System.Reflection;
using System.Runtime.CompilerServices;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Compiler.Tests.Graph;

/// <summary>The project model does not change once it is made: not what the files say, not what it means, not where it stands in a run.</summary>
public sealed class ImmutableModelTests
{
    private static readonly string[] s_internal = ["DbtProject", "NodeLookup", "ResolvedProject"];

    public static TheoryData<Type> Types =>
    [
        .. typeof(Node).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(Node))),
        .. s_internal.Select(name => Assembly.Load("Models.Rendering").GetTypes().Single(t => t.Name == name)),
        typeof(NodeReference), typeof(
            SourceReference), typeof(MetricReference), typeof(MeasureReference), typeof(NodeConfig), typeof(Relation), typeof(RelationSpelling),
        typeof(ColumnDefinition), typeof(ConstraintDefinition), typeof(MacroDefinition), typeof(DocDefinition), typeof(GroupDefinition),
        typeof(ProjectGraph), typeof(RelationMap), typeof(ParsedProject),
    ];

    [Theory]
    [MemberData(nameof(Types))]
    public void Nothing_of_the_model_can_be_set_after_it_is_made(Type type)
    {
        const BindingFlags all = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

        type.GetProperties(all).Where(p => p.SetMethod is { } set && !IsInitOnly(set)).Select(p => p.Name).ShouldBeEmpty();
        type.GetFields(all).Where(f => !f.IsInitOnly).Select(f => f.Name).ShouldBeEmpty();
    }

    private static bool IsInitOnly(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
}

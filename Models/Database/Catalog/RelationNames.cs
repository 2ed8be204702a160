using Models.Project.Graph;

namespace Models.Database.Catalog;

/// <summary>Names of the relations a build uses on its way.</summary>
public static class RelationNames
{
    /// <summary>Where the new version is built before it takes its place.</summary>
    public static Relation Intermediate(Relation target) => WithSuffix(target, "__dbt_tmp");

    /// <summary>Where the old version goes when it is replaced, until it is dropped.</summary>
    public static Relation Backup(Relation target) => WithSuffix(target, "__dbt_backup");

    public static Relation WithSuffix(Relation target, string suffix) => target with { Identifier = ServerName.WithSuffix(target.Identifier, suffix) };
}

using System.CommandLine;

namespace SkillMeat.Cli.Commands;

/// <summary>The arguments that select snapshots.</summary>
internal static class SnapshotOptions
{
    public static Argument<string> Id() => new("id") { Description = "The snapshot; 'skm snapshot list' lists them." };

    public static Argument<string[]> Ids() => new("id") { Description = "The snapshots; 'skm snapshot list' lists them.", Arity = ArgumentArity.ZeroOrMore };
}

namespace SkillMeat.Tests.Projects;

/// <summary>The ways of a sync in the matrix.</summary>
internal enum MatrixWay
{
    Push,
    Pull,
    Both,
    OverwritePush,
    OverwritePull,
}

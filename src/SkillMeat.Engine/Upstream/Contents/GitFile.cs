using SkillMeat.Upstream.Git;

namespace SkillMeat.Upstream.Contents;

/// <summary>A file or link in git's trees, below a wanted path.</summary>
/// <param name="Below">The parts of its path below the wanted path; empty for the wanted path itself.</param>
/// <param name="Mode">Its mode.</param>
/// <param name="Id">Its blob id.</param>
internal readonly record struct GitFile(string[] Below, GitFileMode Mode, GitOid Id)
{
    private const int TypeBits = 0xF000;
    private const int OwnerMayExecute = 0x40;

    public bool IsLink => ((int)Mode & TypeBits) == (int)GitFileMode.Link;

    public bool IsExecutable => ((int)Mode & OwnerMayExecute) != 0;
}

using SkillMeat.Upstream.Git;

namespace SkillMeat.Upstream.Contents;

/// <summary>A file or link below a wanted path, as git's trees name it.</summary>
/// <param name="Below">The parts of its path below the wanted one; none for what is at that path itself.</param>
/// <param name="Mode">What it is.</param>
/// <param name="Id">Its blob.</param>
internal readonly record struct GitFile(string[] Below, GitFileMode Mode, GitOid Id)
{
    private const int TypeBits = 0xF000;
    private const int OwnerMayExecute = 0x40;

    public bool IsLink => ((int)Mode & TypeBits) == (int)GitFileMode.Link;

    public bool IsExecutable => ((int)Mode & OwnerMayExecute) != 0;
}

using SkillMeat.Errors;

namespace SkillMeat.Objects.Trees;

/// <summary>The limits of a stored tree. A few small objects can list each other so that a walk through all their paths never ends.</summary>
internal static class TreeLimits
{
    /// <summary>The largest number of folders in each other. No system has longer paths.</summary>
    public const int Depth = 1000;

    /// <summary>The largest number of files and folders, as in an archive.</summary>
    public const int Entries = 1_000_000;

    /// <summary>The largest length of the target of a link, in bytes. No system has longer ones.</summary>
    public const int LinkTarget = 64 * 1024;

    /// <exception cref="DataFileException"><see cref="ErrorIds.ObjectCorrupt"/>: a limit is exceeded.</exception>
    public static void Check(string objects, ObjectId tree, int depth, int entries = 0)
    {
        if (depth > Depth) throw ObjectErrors.Corrupt(objects, FormattableString.Invariant($"the folder {tree} is within more than {Depth} others, the limit for stored folders"));
        if (entries > Entries) throw ObjectErrors.Corrupt(objects, FormattableString.Invariant($"the folder {tree} is in one with more than {Entries} files and folders, the limit for stored folders"));
    }
}

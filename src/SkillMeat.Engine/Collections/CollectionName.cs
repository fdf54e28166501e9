using SkillMeat.Errors;

namespace SkillMeat.Collections;

/// <summary>Checks the names of collections, which are the names of their folders.</summary>
internal static class CollectionName
{
    private const int Longest = 200;

    /// <summary>Checks that a collection can have a name.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: it cannot.</exception>
    public static void Check(string name)
    {
        if (ArtifactId.DescribeBadName(name) is { } problem)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{name}' is not a valid collection name: it {problem}.");
        }
    }

    /// <summary>Checks that a new collection can have a name, on every file system.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: it cannot.</exception>
    public static void CheckNew(string name)
    {
        Check(name);
        if ((PortableName.DescribeProblem(name) ?? DescribeLength(name)) is { } problem)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{name}' can't be a collection's name: it {problem}.");
        }
    }

    // File systems hold 255 bytes, of which the files beside the folder and temporary ones need some.
    private static string? DescribeLength(string name) => System.Text.Encoding.UTF8.GetByteCount(name) > Longest ? $"has more than {Longest} bytes" : null;
}

namespace SkillMeat.Cache.Versions;

/// <summary>The part in which two versions differ, the greatest difference first. In JSON: <c>major minor patch prerelease commits unknown</c>.</summary>
public enum VersionDifference
{
    /// <summary>The first number.</summary>
    Major,

    /// <summary>The second number.</summary>
    Minor,

    /// <summary>The third number.</summary>
    Patch,

    /// <summary>The pre-release label, such as <c>rc.1</c>.</summary>
    Prerelease,

    /// <summary>There are no versions to compare, but commits that are missing.</summary>
    Commits,

    /// <summary>The contents differ, and nothing says by how much.</summary>
    Unknown,
}

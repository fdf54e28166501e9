namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The facts about a repository that GitHub knows in addition to its git objects.</summary>
public sealed record RepositoryFacts
{
    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>The topics, in order.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>The licence's SPDX identifier, such as <c>MIT</c>; null for none.</summary>
    public string? LicenseSpdx { get; init; }

    /// <summary>Whether it is read-only.</summary>
    public bool Archived { get; init; }

    /// <summary>Whether it is hidden from clients without a token.</summary>
    public bool Private { get; init; }

    /// <summary>The reason why it is closed to clients with the token. Clients without a token can see it.</summary>
    public TokenRefusal TokenRefusal { get; init; }

    /// <summary>The display name of the licence.</summary>
    internal string? LicenseName => LicenseSpdx switch
    {
        "MIT" => "MIT License",
        "Apache-2.0" => "Apache License 2.0",
        "BSD-2-Clause" => "BSD 2-Clause \"Simplified\" License",
        "BSD-3-Clause" => "BSD 3-Clause \"New\" or \"Revised\" License",
        "GPL-3.0" => "GNU General Public License v3.0",
        "MPL-2.0" => "Mozilla Public License 2.0",
        "NOASSERTION" => "Other",
        _ => LicenseSpdx,
    };

    /// <summary>GitHub's key of the licence.</summary>
    internal string? LicenseKey => LicenseSpdx == "NOASSERTION" ? "other" : LicenseSpdx?.ToLowerInvariant();
}

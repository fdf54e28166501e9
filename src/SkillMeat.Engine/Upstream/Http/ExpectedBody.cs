namespace SkillMeat.Upstream.Http;

/// <summary>What an answer's body should be. All but <see cref="Any"/> take an HTML page with status 200 for a passing fault.</summary>
internal enum ExpectedBody
{
    /// <summary>Anything, HTML too: the text of a file.</summary>
    Any,

    /// <summary>JSON.</summary>
    Json,

    /// <summary>git's packet lines.</summary>
    Git,

    /// <summary>A tar or zip archive.</summary>
    Archive,
}

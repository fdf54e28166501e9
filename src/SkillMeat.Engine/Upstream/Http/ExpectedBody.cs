namespace SkillMeat.Upstream.Http;

/// <summary>The expected type of a response body. For all but <see cref="Any"/>, an HTML page with status 200 counts as a transient error.</summary>
internal enum ExpectedBody
{
    /// <summary>Anything, including HTML, such as the text of a file.</summary>
    Any,

    /// <summary>JSON.</summary>
    Json,

    /// <summary>Packet lines of git.</summary>
    Git,

    /// <summary>A tar or zip archive.</summary>
    Archive,
}

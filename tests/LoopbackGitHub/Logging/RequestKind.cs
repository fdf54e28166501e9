namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The kind of a request.</summary>
public enum RequestKind
{
    /// <summary>Anything else, such as an address that GitHub does not have.</summary>
    Other,

    /// <summary>A GraphQL query.</summary>
    GraphQl,

    /// <summary>The REST API.</summary>
    Rest,

    /// <summary>git's first request: <c>info/refs</c>.</summary>
    Refs,

    /// <summary>git's further requests: <c>git-upload-pack</c> (<c>ls-refs</c> and <c>fetch</c>).</summary>
    UploadPack,

    /// <summary>An archive, or the redirect to one.</summary>
    Archive,

    /// <summary>A single file by its address, or the redirect to it.</summary>
    Raw,

    /// <summary>Git LFS: a batch, or an object.</summary>
    Lfs,
}

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The treatment of a <c>git-upload-pack</c> request without credentials. <c>info/refs</c> stays open in every mood, and a valid token is never limited.</summary>
public enum GitMood
{
    /// <summary>The request is answered.</summary>
    None,

    /// <summary>401 with a challenge and <c>x-github-edge-message</c>.</summary>
    Refuse401,

    /// <summary>200 and one <c>ERR</c> line in place of the answer.</summary>
    ErrLine,

    /// <summary>429 with the reason only in its text: no <c>Retry-After</c>, no <c>x-ratelimit</c> headers.</summary>
    TooManyRequestsInWords,
}

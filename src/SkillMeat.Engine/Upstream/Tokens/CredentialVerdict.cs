namespace SkillMeat.Upstream.Tokens;

/// <summary>A host's verdict on a credential.</summary>
internal enum CredentialVerdict
{
    /// <summary>The credential has not been tried.</summary>
    Untried,

    /// <summary>The host accepted the credential.</summary>
    Accepted,

    /// <summary>The host answered 401, and had not accepted the credential before.</summary>
    Refused,
}

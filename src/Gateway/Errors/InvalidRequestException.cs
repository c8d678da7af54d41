namespace Alerts.Gateway.Errors;

/// <summary>A request that cannot be served as it is: becomes a ProblemDetails of the 4xx status.</summary>
sealed class InvalidRequestException : Exception
{
    /// <param name="status">The HTTP status.</param>
    /// <param name="detail">What is wrong, a sentence.</param>
    /// <param name="errors">What is wrong by JSON field path; null when it is not about fields.</param>
    public InvalidRequestException(int status, string detail, IReadOnlyDictionary<string, string[]>? errors = null) : base(detail)
    {
        Status = status;
        Errors = errors;
    }

    public int Status { get; }

    /// <summary>After which time the request may be served; null when waiting does not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public IReadOnlyDictionary<string, string[]>? Errors { get; }
}

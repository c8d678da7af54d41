namespace Alerts.Gateway.Errors;

/// <summary>A request that cannot be served; becomes a ProblemDetails with the 4xx status.</summary>
sealed class InvalidRequestException : Exception
{
    /// <param name="status">The HTTP status.</param>
    /// <param name="detail">What is wrong, as a sentence.</param>
    /// <param name="errors">The errors by JSON field path; null when it is not about fields.</param>
    public InvalidRequestException(int status, string detail, IReadOnlyDictionary<string, string[]>? errors = null) : base(detail)
    {
        Status = status;
        Errors = errors;
    }

    public int Status { get; }

    /// <summary>The time after which the request may succeed; null when waiting does not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public IReadOnlyDictionary<string, string[]>? Errors { get; }
}

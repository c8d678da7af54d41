using Alerts.Cluster;
using Alerts.Mail.Compose;
using Alerts.Mail.Smtp;
using Microsoft.Extensions.Options;

namespace Alerts.Mail;

/// <summary>Whether the mail server lets this service in; nothing is sent.</summary>
sealed class MailExamination(IOptions<MailOptions> options, TimeProvider clock) : IExamination
{
    public string Subject => "Mail server";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken)
    {
        var mail = options.Value;
        var server = $"The mail server {mail.Host}";
        using var connection = new SmtpConnection(mail, clock);
        try
        {
            await connection.OpenAsync(withUtf8: false, cancellationToken);
            await connection.CloseAsync(cancellationToken);
            return [Finding.Well(mail.User is null ? $"{server} answers; no sign-in is set." : $"{server} takes the sign-in.")];
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            var words = SmtpFault.Reason(fault, SenderAddress.Parse(mail.From));
            return [Finding.Wrong($"{server} does not let this service in: {words}",
                "Look at Alerts__Email__Host, Port, Security, User and Password.")];
        }
    }
}

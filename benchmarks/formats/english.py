"""English phrases for the made training sets."""

from __future__ import annotations

from benchmarks.formats.language import Language

# fmt: off
# Lists of phrases read better packed than one a line.
ENGLISH = Language(
    name="English",
    gap=" ",
    slots={
        "product": (
            "kettle", "blue lamp", "running shoes", "phone case", "coffee grinder", "desk chair", "tent", "keyboard",
            "noise-cancelling headphones", "rain jacket", "bike light", "router", "water filter", "e-reader", "drill",
            "baby monitor", "standing desk", "USB-C cable", "yoga mat", "air fryer",
        ),
        "problem": (
            "makes a loud noise", "does not switch on", "arrived with a crack", "stops after an hour", "smells of glue",
            "is the wrong size", "keeps losing its connection", "has a missing screw", "shows error E4", "leaks",
        ),
        "person": (
            "Ms. Ortega", "Dr. Lee", "Anna", "Mr. Novak", "Sam O'Brien", "the courier", "Priya", "the technician",
            "our accounts team", "Mrs. Haddad", "Tom", "the supervisor",
        ),
        "place": (
            "Leeds", "Porto", "the Denver store", "Zurich", "Lagos", "the main warehouse", "Osaka", "St. Louis",
            "the front desk", "Cape Town",
        ),
        "company": ("Northwind", "Acme Ltd.", "Blue Fern", "Harbor & Sons", "the carrier", "Kestrel Inc.", "the bank"),
        "month": (
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ),
        "thing": ("the refund", "your order", "the parcel", "the invoice", "your subscription", "the replacement"),
        "feeling": ("annoyed", "pleased", "in a hurry", "a bit confused", "disappointed", "relieved"),
    },
    openings=(
        "Hi there!", "Hello {person},", "Thanks for getting in touch.", "Good question!", "I'm sorry to hear that.",
        "Thank you for your patience, {person}.", "Hey!", "Sorry about the trouble with the {product}.",
    ),
    replies=(
        "We have sent {thing} on {date}.", "You can follow {thing} at {url} at any time.",
        "Could you tell me whether the {product} still {problem}?",
        "It should reach {place} by {date}, usually before {time}.",
        "The {product} comes with a warranty of {number} months, so a repair is free.",
        "Please keep the receipt, e.g. as a photo, until {thing} has been confirmed.",
        'If the display says "error {number}", unplug the {product} and wait for {number} minutes.',
        "I've asked {person} to look into it, and you'll hear from us by {time}.", "That costs {money}, incl. tax.",
        "No, the {product} can't be used outdoors.", "Yes!", "Have you tried another cable?",
        "Returns are free within {number} days; after that we charge {money}.",
        "We can offer a credit of {money} or a new {product}, whichever you prefer.",
        "Your order {order} was split into {number} parcels.", "Just reply to this message with a picture.",
        "Our shop in {place} is open from {time} to {time}, Mon. to Sat.",
        "I completely understand that you're {feeling}.", "Would you like a voucher for {percent} off instead?",
        "{company} tells us that {thing} is held at customs.",
        'Open the app, go to Settings > Orders and choose "Return".', "Done.",
        "That's not something we can change, I'm afraid.",
        "Once {thing} has been scanned in {place}, the status changes within {number} hours, although on holidays "
        "it can take a day or two longer than that.",
    ),
    facts=(
        "{person} reported that the {product} {problem}.", "Sales of the {product} rose by {percent} in {month}.",
        "The customer was {feeling} because {thing} took {number} days.", "{company} agreed to pay {money} by {date}.",
        "About {percent} of the visitors to {place} bought a {product}.",
        "The mean weight was {decimal} kg, i.e. within limits.",
        "According to {person}, the meeting in {place} was moved to {time}.",
        "The {product} scored {decimal} out of 10.",
        "{company} will close {number} stores, the largest of them in {place}.", "No one was hurt in the incident.",
        "A second delivery, worth {money}, is planned for {date}.", "It is unclear why the {product} {problem}.",
        "{person} and {person} disagree about the price of the {product}.",
        "The contract with {company} ends on {date}.",
        "Demand in {place} is expected to fall by {percent}, while costs stay at roughly {money} per unit.",
        "The report lists {number} complaints, mostly about the {product}.",
        "The trial used version {decimal} of the software.",
        "In {month}, the team in {place} answered {number} calls in {decimal} minutes on average, faster than before.",
        "The U.S. unit of {company} was not part of the study.", "Prices were compared with those of {month}.",
    ),
    closings=(
        "Is there anything else I can do?", "Have a lovely day!", "Best regards from {place}.",
        "Let me know how it goes.", "Thanks again for your order {order}.", "Talk soon!",
    ),
    tails=("😊", "— {person}", "🙏", ":)", "See {url}", "🚚📦"),
    questions=(
        "My {product} {problem}, what now?", "Where is order {order}?", "can i return the {product} i bought on {date}",
        "I was charged {money} twice!!", "Do you deliver to {place}?", "How long is the warranty on the {product}?",
        "the {product} {problem}... I want my money back", "Hi, {person} promised a call at {time} and nobody rang.",
        "Is the {product} on offer in {month}?", "I need an invoice for order {order}, company name {company}.",
        "Which {product} would you recommend for {place}?", "Please cancel {thing}.",
        "Why does the app ask for {money}?", "I'm {feeling}: {thing} has not arrived since {date}.",
        "What does {url} mean?",
    ),
    comments=(
        "skip empty values", "keep the order of {person}", "prices are in cents", "see {url}", "the last one wins",
        "TODO: handle leap years", "never more than {number}", "sorted by date", "only rows since {date}",
        "fall back to the default",
    ),
    headings=(
        "Summary", "Next steps", "Risks", "What happened", "Figures for {month}", "Open questions", "Costs",
        "Team {place}", "Background", "Who does what", "The {product}", "Results",
    ),
    titles=(
        "Report: {product}", "Weekly notes, {month}", "{company} in {place}", "Incident of {date}",
        "Review of the {product}",
    ),
    labels=(
        "billing", "delivery", "refund", "technical issue", "account access", "product question", "complaint",
        "cancellation", "feedback", "warranty", "data privacy", "other",
    ),
    words={
        "low": "low", "medium": "medium", "high": "high", "urgent": "urgent", "positive": "positive",
        "negative": "negative", "neutral": "neutral", "mixed": "mixed", "yes": "yes", "no": "no", "partly": "partly",
        "label": "Label", "answer": "Answer", "summary": "Summary", "label sentence": "This message is about {label}.",
        "text": "text", "person": "person", "place": "place", "company": "company", "product": "product",
        "date": "date", "key:category": "category", "key:priority": "priority", "key:sentiment": "sentiment",
        "key:order": "order_id", "key:summary": "summary", "key:tags": "tags", "key:amount": "amount",
        "key:refund": "refund_due", "key:notes": "notes", "key:customer": "customer", "key:name": "name",
        "key:city": "city", "key:vip": "vip", "key:items": "items", "key:sku": "sku", "key:quantity": "quantity",
        "key:price": "unit_price", "key:currency": "currency", "key:discount": "discount", "key:language": "language",
        "key:type": "type", "key:text": "text", "key:start": "start", "key:score": "score",
        "extra keys": "comment explanation confidence reasoning source remark",
        "unknown": "lorem assorted unsure wholesale pending",
    },
    tasks={
        "json": ("{question}", "Ticket: {question}", "Extract the fields from this message:\n{question}"),
        "label": ("{question}", "Message: {question}"),
        "summary": (
            "Summarise: {fact} {fact} {fact}", "{fact} {fact} {fact} {fact}",
            "Sum this up for {person}.\n\n{fact} {fact}",
        ),
        "code": (
            "Write a function that counts the {product} orders of {place}.",
            "How do I sort parcels by weight and drop those over {number} g?",
            "Compute the mean price in {month}, ignoring returns.",
            "Parse lines such as '{order};{money}' into records.", "Group {company} invoices by month.",
            "Retry a request up to {number} times.", "Check if an order number like {order} is valid.",
        ),
        "sql": (
            "How many {product} orders came from {place} since {date}?", "Delete carts older than {number} days.",
            "List the customers who spent more than {money}.", "Add a column for the carrier {company}.",
            "Set the price of the {product} to {money}.", "Which {number} products had the most returns in {month}?",
        ),
        "markdown": (
            "Write a report about the {product}.", "Write up: {fact} {fact}", "Notes on {company} in {place}, please.",
            "Prepare the weekly notes for {person}.",
        ),
    },
    asks={
        "json": (
            "Answer with JSON only.", "Return only a JSON object, no other text.", "Respond in valid JSON.",
            "Output JSON and nothing else.",
        ),
        "label": (
            "Answer with one of: {list}.", "Classify it as {list_or}. Reply with the label only.",
            "Choose exactly one of the following labels: {list}.",
        ),
        "words": (
            "Answer in at most {limit} words.", "Use no more than {limit} words.", "Keep it under {limit} words.",
            "(max. {limit} words)",
        ),
        "language": ("Answer in {tongue}.", "Please reply in {tongue}.", "Write your answer in {tongue}."),
        "decoy": (
            "Explain in plain words what a JSON file is.", "What does the word neutral mean?",
            "How do I say thanks in a letter?", "Tell me at least two things about {place}.", "Why are labels useful?",
        ),
        "system": (
            "You are the assistant of {company}.", "You help customers of a shop.",
            "Work through the message of the user.",
        ),
    },
    prefaces=(
        "Here is the {form}:", "Sure! Here is the result:", "Here's the {form} you asked for:",
        "The output is as follows:", "Certainly, here you go:",
    ),
    afterwords=(
        "Let me know if you need anything else!", "I hope this helps.", "Note that I have not tested it.",
        "Is there anything else?",
    ),
    placeholders=(
        "{{name}}", "[TODO]", "<insert date here>", "[Your Name]", "{{customer_name}}", "[insert link]",
        "<your company>",
    ),
)

"""Spanish phrases for the made training sets."""

from __future__ import annotations

from benchmarks.formats.language import Language

# fmt: off
# Lists of phrases read better packed than one a line.
SPANISH = Language(
    name="Spanish",
    gap=" ",
    slots={
        "product": (
            "hervidor", "lámpara azul", "par de zapatillas", "molinillo de café", "sillón de oficina", "teclado",
            "altavoz", "impermeable", "faro de bicicleta", "enrutador", "filtro de agua", "lector electrónico",
            "taladro", "cable USB-C", "saco de dormir", "reloj", "horno pequeño", "cochecito",
        ),
        "problem": (
            "hace mucho ruido", "no se enciende", "llegó con una grieta", "se apaga al cabo de una hora",
            "huele a pegamento", "es de otra talla", "pierde la conexión", "muestra el error E4", "gotea",
        ),
        "person": (
            "la Sra. Ortega", "el Dr. Núñez", "Ana", "don Ramón", "Íñigo", "el repartidor", "Lucía", "la técnica",
            "nuestro equipo de cuentas", "el encargado",
        ),
        "place": (
            "Sevilla", "Bogotá", "la tienda de Lugo", "Valparaíso", "el almacén central", "Málaga", "Córdoba",
            "recepción",
        ),
        "company": (
            "Norteviento", "Acme S.A.", "Helecho Azul", "Puerto e Hijos", "la mensajería", "Cernícalo S.L.", "el banco",
        ),
        "month": (
            "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
            "noviembre", "diciembre",
        ),
        "thing": ("el reembolso", "su pedido", "el paquete", "la factura", "su suscripción", "el recambio"),
        "feeling": ("molesto", "encantada", "con prisa", "algo confundido", "decepcionada", "aliviado"),
    },
    openings=(
        "¡Hola!", "Buenos días, {person}:", "Gracias por escribirnos.", "¡Buena pregunta!", "Lamento lo ocurrido.",
        "Gracias por su paciencia.", "Sentimos las molestias con el {product}.",
    ),
    replies=(
        "Hemos enviado {thing} el {date}.", "Puede seguir {thing} en {url} cuando quiera.",
        "¿Podría decirme si el {product} todavía {problem}?",
        "Debería llegar a {place} el {date}, normalmente antes de las {time}.",
        "El {product} tiene una garantía de {number} meses, así que la reparación es gratuita.",
        "Guarde el recibo, p. ej. en una foto, hasta que se confirme {thing}.",
        "Si en la pantalla pone «error {number}», desenchufe el {product} y espere {number} minutos.",
        "He pedido a {person} que lo mire; tendrá noticias antes de las {time}.", "Cuesta {money}, IVA incl.",
        "No, el {product} no se puede usar al aire libre.", "¡Sí!", "¿Ha probado con otro cable?",
        "Las devoluciones son gratis durante {number} días; después cobramos {money}.",
        "Le ofrecemos un abono de {money} o un {product} nuevo, como prefiera.",
        "Su pedido {order} se dividió en {number} paquetes.", "Basta con responder a este mensaje con una foto.",
        "Nuestra tienda de {place} abre de {time} a {time}, de lun. a sáb.",
        "Entiendo perfectamente que esté {feeling}.", "¿Prefiere un vale del {percent}?",
        "{company} nos dice que {thing} está retenido en la aduana.",
        "Abra la aplicación, vaya a Ajustes > Pedidos y elija «Devolver».", "Hecho.",
        "Por desgracia, eso no lo podemos cambiar.",
        "En cuanto se escanee {thing} en {place}, el estado cambia en {number} horas, aunque en festivos puede tardar "
        "uno o dos días más de lo habitual.",
    ),
    facts=(
        "{person} informó de que el {product} {problem}.", "Las ventas del {product} subieron un {percent} en {month}.",
        "El cliente estaba {feeling} porque {thing} tardó {number} días.",
        "{company} aceptó pagar {money} antes del {date}.",
        "Cerca del {percent} de los visitantes de {place} compró un {product}.",
        "El peso medio fue de {decimal} kg, es decir, correcto.",
        "Según {person}, la reunión de {place} se pasó a las {time}.", "El {product} obtuvo un {decimal} sobre 10.",
        "{company} cerrará {number} tiendas, la mayor de ellas en {place}.", "No hubo heridos en el incidente.",
        "Se prevé una segunda entrega, por valor de {money}, para el {date}.",
        "No está claro por qué el {product} {problem}.",
        "{person} y {person} no se ponen de acuerdo sobre el precio del {product}.",
        "El contrato con {company} termina el {date}.",
        "La demanda en {place} bajará un {percent}, mientras que el coste sigue en unos {money} por unidad.",
        "El informe recoge {number} quejas, sobre todo del {product}.",
        "La prueba usó la versión {decimal} del programa.",
        "En {month}, el equipo de {place} atendió {number} llamadas en {decimal} minutos de media, un récord.",
        "La filial de EE. UU. de {company} no participó en el estudio.",
        "Los precios se compararon con los de {month}.",
    ),
    closings=(
        "¿Puedo ayudarle en algo más?", "¡Que tenga un buen día!", "Un saludo desde {place}.", "Ya me contará.",
        "Gracias de nuevo por su pedido {order}.",
    ),
    tails=("😊", "— {person}", "🙏", ":)", "Más en {url}", "🚚"),
    questions=(
        "Mi {product} {problem}, ¿qué hago?", "¿Dónde está el pedido {order}?",
        "puedo devolver el {product} que compré el {date}", "¡¡Me han cobrado {money} dos veces!!",
        "¿Envían a {place}?", "¿Cuánto dura la garantía del {product}?", "el {product} {problem}... quiero mi dinero",
        "Hola, {person} prometió llamar a las {time} y nadie llamó.", "¿El {product} estará de oferta en {month}?",
        "Necesito factura del pedido {order} a nombre de {company}.", "¿Qué {product} me recomiendan?",
        "Cancelen {thing}, por favor.", "¿Por qué la aplicación me pide {money}?",
        "Estoy {feeling}: {thing} no ha llegado desde el {date}.",
    ),
    comments=(
        "se saltan los valores vacíos", "mantener el orden de {person}", "los precios van en céntimos", "véase {url}",
        "gana el último", "TODO: años bisiestos", "nunca más de {number}", "ordenado por fecha",
        "solo filas desde el {date}",
    ),
    headings=(
        "Resumen", "Próximos pasos", "Riesgos", "Qué pasó", "Cifras de {month}", "Preguntas abiertas", "Costes",
        "Equipo de {place}", "Antecedentes", "Quién hace qué", "El {product}", "Resultados",
    ),
    titles=(
        "Informe: {product}", "Notas de la semana, {month}", "{company} en {place}", "Incidente del {date}",
        "Análisis del {product}",
    ),
    labels=(
        "facturación", "envío", "reembolso", "problema técnico", "acceso a la cuenta", "consulta de producto", "queja",
        "cancelación", "opinión", "garantía", "privacidad", "otro",
    ),
    words={
        "low": "baja", "medium": "media", "high": "alta", "urgent": "urgente", "positive": "positivo",
        "negative": "negativo", "neutral": "neutro", "mixed": "mixto", "yes": "sí", "no": "no", "partly": "en parte",
        "label": "Etiqueta", "answer": "Respuesta", "summary": "Resumen",
        "label sentence": "Este mensaje trata de {label}.", "text": "texto", "person": "persona", "place": "lugar",
        "company": "empresa", "product": "producto", "date": "fecha", "key:category": "categoria",
        "key:priority": "prioridad", "key:sentiment": "sentimiento", "key:order": "pedido", "key:summary": "resumen",
        "key:tags": "etiquetas", "key:amount": "importe", "key:refund": "reembolso", "key:notes": "notas",
        "key:customer": "cliente", "key:name": "nombre", "key:city": "ciudad", "key:vip": "preferente",
        "key:items": "articulos", "key:sku": "referencia", "key:quantity": "cantidad", "key:price": "precio",
        "key:currency": "moneda", "key:discount": "descuento", "key:language": "idioma", "key:type": "tipo",
        "key:text": "texto", "key:start": "inicio", "key:score": "nota",
        "extra keys": "comentario explicacion confianza razonamiento fuente observacion",
        "unknown": "variado mayorista pendiente dudoso surtido",
    },
    tasks={
        "json": ("{question}", "Mensaje: {question}", "Extrae los campos de este mensaje:\n{question}"),
        "label": ("{question}", "Mensaje: {question}"),
        "summary": (
            "Resume: {fact} {fact} {fact}", "{fact} {fact} {fact} {fact}",
            "Haz un resumen para {person}.\n\n{fact} {fact}",
        ),
        "code": (
            "Escribe una función que cuente los pedidos de {place}.",
            "¿Cómo ordeno los paquetes por peso y descarto los de más de {number} g?",
            "Calcula el precio medio de {month} sin las devoluciones.", "Lee líneas como '{order};{money}'.",
            "Agrupa las facturas de {company} por mes.", "Reintenta una petición hasta {number} veces.",
        ),
        "sql": (
            "¿Cuántos pedidos llegaron de {place} desde el {date}?", "Borra los carritos de más de {number} días.",
            "Lista los clientes que gastaron más de {money}.", "Añade una columna para {company}.",
            "Pon el precio del {product} a {money}.", "¿Qué {number} productos tuvieron más devoluciones en {month}?",
        ),
        "markdown": (
            "Escribe un informe sobre el {product}.", "Redacta: {fact} {fact}",
            "Notas sobre {company} en {place}, por favor.", "Prepara las notas de la semana para {person}.",
        ),
    },
    asks={
        "json": (
            "Responde solo con JSON.", "Devuelve únicamente un objeto JSON, sin más texto.", "Responde en JSON válido.",
        ),
        "label": (
            "Responde con una de estas opciones: {list}.", "Clasifícalo como {list_or}. Responde solo con la etiqueta.",
        ),
        "words": (
            "Responde en un máximo de {limit} palabras.", "No uses más de {limit} palabras.",
            "En menos de {limit} palabras.",
        ),
        "language": ("Responde en {tongue}.", "Escribe la respuesta en {tongue}.", "Contesta en {tongue}, por favor."),
        "decoy": (
            "Explica con palabras sencillas qué es un archivo JSON.", "¿Qué significa la palabra neutro?",
            "¿Cómo doy las gracias en una carta?", "Dime al menos dos cosas sobre {place}.",
            "¿Para qué sirven las etiquetas?",
        ),
        "system": (
            "Eres el asistente de {company}.", "Ayudas a los clientes de una tienda.",
            "Atiende el mensaje del usuario.",
        ),
    },
    prefaces=(
        "Aquí está el {form}:", "¡Claro! Este es el resultado:", "Aquí tienes el {form} que pediste:",
        "El resultado es el siguiente:",
    ),
    afterwords=(
        "¡Avísame si necesitas algo más!", "Espero que sirva.", "Ten en cuenta que no lo he probado.", "¿Algo más?",
    ),
    placeholders=(
        "{{nombre}}", "[TODO]", "<insertar fecha aquí>", "[Su nombre]", "{{nombre_cliente}}", "[insertar enlace]",
    ),
)
